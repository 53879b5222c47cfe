namespace TrainingHub.Emails;

/// <summary>A link in an email is absolute and leads to the web: anything else is a fault of the caller.</summary>
internal static class EmailUrl
{
    /// <summary>Gives the address back.</summary>
    /// <exception cref="ArgumentException">It is not an absolute http or https address.</exception>
    public static string Checked(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? address
            : throw new ArgumentException("A link in an email must be an absolute web address.", nameof(address));
}
