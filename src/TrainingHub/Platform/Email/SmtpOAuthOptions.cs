using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Section <c>Email:Smtp:OAuth</c>: signing in to the mail server with a token that an app of the organisation gets for itself
/// (RFC 6749 4.4, client credentials). Either the secret or the certificate proves the app.
/// </summary>
internal sealed partial class SmtpOAuthOptions
{
    /// <summary>The organisation's directory: its id, or one of its domains.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The app's id.</summary>
    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    /// <summary>A PKCS #12 file (.pfx, .p12) with the certificate and its RSA key.</summary>
    public string CertificatePath { get; init; } = "";

    public string CertificatePassword { get; init; } = "";

    /// <summary>Who gives tokens; another one in national clouds.</summary>
    public string Authority { get; init; } = "https://login.microsoftonline.com";

    /// <summary>What the token is for; another one in national clouds.</summary>
    public string Scope { get; init; } = "https://outlook.office365.com/.default";

    public bool IsSet => (Tenant + ClientId + ClientSecret + CertificatePath + CertificatePassword).Length > 0;

    /// <summary>
    /// Null when a secret is used. Throws <see cref="CryptographicException"/> for a wrong password or another kind of file, and what
    /// reading a file throws.
    /// </summary>
    public X509Certificate2? Certificate() =>
        CertificatePath.Length == 0 ? null : X509CertificateLoader.LoadPkcs12(File.ReadAllBytes(CertificatePath), CertificatePassword);

    /// <summary>What is wrong with these settings beside those of the mail server.</summary>
    public IEnumerable<string> Faults(SmtpOptions smtp) => IsSet ? [.. OfServer(smtp), .. OfApp(), .. OfProof(), .. OfAddresses()] : [];

    private static IEnumerable<string> OfServer(SmtpOptions smtp)
    {
        if (smtp.Host.Length == 0)
        {
            yield return "Email:Smtp:Host is required with Email:Smtp:OAuth, for Microsoft 365 smtp.office365.com.";
        }

        if (smtp.User.Length == 0)
        {
            yield return "Email:Smtp:User is required with Email:Smtp:OAuth: the address of the mailbox that sends.";
        }

        if (smtp.Password.Length > 0)
        {
            yield return "Email:Smtp:Password and Email:Smtp:OAuth contradict each other: leave one of them out.";
        }
    }

    private IEnumerable<string> OfApp()
    {
        if (!OneTenant().IsMatch(Tenant) || Tenant is "common" or "organizations" or "consumers")
        {
            yield return "Email:Smtp:OAuth:Tenant must be the id of one directory, or a domain of it.";
        }

        if (ClientId.Length == 0)
        {
            yield return "Email:Smtp:OAuth:ClientId is required with the other settings there.";
        }
    }

    private IEnumerable<string> OfProof()
    {
        if (ClientSecret.Length > 0 == CertificatePath.Length > 0)
        {
            yield return "Email:Smtp:OAuth needs either ClientSecret or CertificatePath, and not both.";
        }

        if (CertificatePassword.Length > 0 && CertificatePath.Length == 0)
        {
            yield return "Email:Smtp:OAuth:CertificatePassword needs CertificatePath.";
        }

        if (WhyNoCertificate() is { } why)
        {
            yield return $"Email:Smtp:OAuth:CertificatePath must name a PKCS #12 file with an RSA key: {why}";
        }
    }

    private string? WhyNoCertificate()
    {
        try
        {
            using var certificate = Certificate();
            using var key = certificate?.GetRSAPrivateKey();
            return certificate is not null && key is null ? "it holds no such key." : null;
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return fault.Message;
        }
    }

    private IEnumerable<string> OfAddresses()
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || authority.Scheme != Uri.UriSchemeHttps || authority.AbsolutePath != "/")
        {
            yield return "Email:Smtp:OAuth:Authority must be an https address without a path.";
        }

        if (!Scope.EndsWith("/.default", StringComparison.Ordinal))
        {
            yield return "Email:Smtp:OAuth:Scope must end with /.default.";
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.-]*\z")]
    private static partial Regex OneTenant();
}
