using System.Net;
using Microsoft.Extensions.Options;

namespace TrainingHub.Platform.Email;

/// <summary>Section <c>Email</c>.</summary>
internal sealed class EmailOptions
{
    public const string Section = "Email";

    /// <summary>The sender's address; empty means the site's contact address. Replies always go to the contact address.</summary>
    public string From { get; init; } = "";

    /// <summary>
    /// Outside Production only these are mailed by SMTP: whole addresses, or "@example.org" for all of a domain.
    /// In Production everybody is.
    /// </summary>
    public IReadOnlyList<string> AllowedRecipients { get; init; } = [];

    public SmtpOptions Smtp { get; init; } = new();

    public BounceOptions Bounces { get; init; } = new();

    public bool Allows(string address) =>
        AllowedRecipients.Any(allowed => allowed.StartsWith('@')
            ? address.EndsWith(allowed, StringComparison.OrdinalIgnoreCase)
            : address.Equals(allowed, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// How a connection to the mail server is kept from others. StartTls: it begins in the open and turns to TLS before anything is
/// said. Implicit: TLS from the first byte. None: for a relay on the same machine.
/// </summary>
internal enum SmtpEncryption
{
    StartTls,
    Implicit,
    None,
}

/// <summary>Section <c>Email:Smtp</c>.</summary>
internal sealed class SmtpOptions
{
    /// <summary>Without a host, emails are written as files; not in Production.</summary>
    public string Host { get; init; } = "";

    /// <summary>587 for <see cref="SmtpEncryption.StartTls"/>, 465 for <see cref="SmtpEncryption.Implicit"/> (RFC 8314 3.3).</summary>
    public int Port { get; init; } = 587;

    public SmtpEncryption Encryption { get; init; }

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>Instead of a password.</summary>
    public SmtpOAuthOptions OAuth { get; init; } = new();

    /// <summary>For one message. The lease of a whole claim must outlast it, see <see cref="EmailSender"/>.</summary>
    public int TimeoutSeconds { get; init; } = 20;
}

/// <summary>Checked when the application starts.</summary>
internal sealed class EmailOptionsRules(IHostEnvironment environment) : IValidateOptions<EmailOptions>
{
    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        var faults = Faults(options).ToList();
        return faults is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(EmailOptions options)
    {
        var smtp = options.Smtp;
        if (options.From.Length > 0 && !EmailAddress.IsValid(options.From))
        {
            yield return "Email:From must be one bare address.";
        }

        if (options.AllowedRecipients.Any(allowed => !EmailAddress.IsValid(allowed.StartsWith('@') ? "x" + allowed : allowed)))
        {
            yield return "Email:AllowedRecipients must hold addresses, or domains that begin with @.";
        }

        if (smtp.Host.Length == 0 && environment.IsProduction())
        {
            yield return "Email:Smtp:Host is required in Production: without it no email would reach anybody.";
        }

        if (smtp.Port is < 1 or > 65535)
        {
            yield return "Email:Smtp:Port must be from 1 to 65535, usually 587 or 465.";
        }

        if (!smtp.OAuth.IsSet && smtp.User.Length == 0 != (smtp.Password.Length == 0))
        {
            yield return "Email:Smtp:User and Email:Smtp:Password belong together.";
        }

        if (smtp.TimeoutSeconds is < 1 or > EmailSender.LongestSendSeconds)
        {
            yield return $"Email:Smtp:TimeoutSeconds must be from 1 to {EmailSender.LongestSendSeconds}.";
        }

        if (smtp.Port == 465 && smtp.Encryption == SmtpEncryption.StartTls)
        {
            yield return "Email:Smtp:Encryption must be Implicit for port 465, where TLS begins at once.";
        }

        if (smtp.Encryption == SmtpEncryption.None && !IsLoopback(smtp.Host))
        {
            yield return "Email:Smtp:Encryption None needs a host on this machine, such as 127.0.0.1.";
        }

        foreach (var fault in smtp.OAuth.Faults(smtp).Concat(options.Bounces.Faults(smtp)))
        {
            yield return fault;
        }
    }

    public static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
