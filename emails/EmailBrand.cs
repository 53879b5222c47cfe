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

    /// <summary>Colour of buttons and links, on which white can be read, and which can be read on white.</summary>
    public string Action { get; init; } = EmailStyle.Action;

    /// <summary>Whom to call when a child may be at risk, besides 999.</summary>
    public IReadOnlyList<EmailContact> Urgent { get; init; } = [];
}

/// <summary>Whom to call.</summary>
/// <param name="Name">Who answers; may be empty.</param>
/// <param name="Phone">As people read it.</param>
/// <param name="Digits">What is dialled; null when it cannot be.</param>
/// <param name="When">Such as "nights and weekends, children in Westshire".</param>
public sealed record EmailContact(string Name, string Phone, string? Digits, string When);
