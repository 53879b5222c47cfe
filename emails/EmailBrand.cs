namespace TrainingHub.Emails;

/// <summary>Who writes: taken from settings for every email, so that a message need not carry it.</summary>
/// <param name="PartnershipName">The partnership's full name.</param>
/// <param name="ContactEmail">Read by the training team; replies go there.</param>
/// <param name="ContactPhone">Shown as given, or null.</param>
/// <param name="PublicUrl">The site's https address without a slash at the end.</param>
public sealed record EmailBrand(string PartnershipName, string ContactEmail, string? ContactPhone, string PublicUrl)
{
    /// <summary>Colour of the band with the name, on which white can be read.</summary>
    public string Band { get; init; } = EmailStyle.Band;
}
