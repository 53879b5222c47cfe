using System.Globalization;
using TrainingHub.Emails;

namespace TrainingHub.Platform.Email;

/// <summary>How email goes out, from the settings and in words for staff. It never says a password, a secret or a path.</summary>
/// <param name="Facts">What and how, in the order of the page.</param>
/// <param name="Warning">What will stop or hold up email, though nothing is wrong yet; null is nothing.</param>
internal sealed record MailWay(IReadOnlyList<(string What, string How)> Facts, string? Warning)
{
    // Exchange Online, whichever of its names is set.
    private static readonly string[] Microsoft = [".office365.com", ".outlook.com", ".office365.us"];

    public static MailWay Of(EmailOptions options, EmailBrand brand, bool mailsEverybody)
    {
        var smtp = options.Smtp;
        var from = options.From.Length > 0 ? options.From : brand.ContactEmail;
        if (smtp.Host.Length == 0)
        {
            return new([("Sent by", "Nothing. No mail server is set, so emails are written as files and reach nobody"), ("Sender", from)], Warning: null);
        }

        return new(
            [
                ("Sent by", string.Create(CultureInfo.InvariantCulture, $"{smtp.Host}, port {smtp.Port}")),
                ("Connection", ConnectionOf(smtp.Encryption)),
                ("Sign-in", SignInOf(smtp)),
                ("Sender", from),
                ("Replies go to", brand.ContactEmail),
                ("Goes to", mailsEverybody ? "Everybody" : AllowedOf(options)),
                ("What comes back", ComesBackOf(options.Bounces)),
            ],
            WarningOf(smtp));
    }

    private static string ConnectionOf(SmtpEncryption encryption) => encryption switch
    {
        SmtpEncryption.StartTls => "Encrypted (StartTLS)",
        SmtpEncryption.Implicit => "Encrypted from the first byte (TLS)",
        SmtpEncryption.None => "Not encrypted: the mail server is on the same machine",
    };

    private static string SignInOf(SmtpOptions smtp)
    {
        if (smtp.OAuth.IsSet)
        {
            return $"By OAuth as {smtp.User}, with a {(smtp.OAuth.CertificatePath.Length > 0 ? "certificate" : "client secret")}";
        }

        return smtp.User.Length == 0 ? "None" : $"By password as {smtp.User}";
    }

    private static string ComesBackOf(BounceOptions bounces) => bounces.IsSet
        ? $"Read every {ReadBounces.Every.Minutes} minutes from the mailbox of {bounces.User} at {bounces.Host}"
        : "Not read here: no mailbox is set. Look into the mailbox of the sender for reports of emails that did not arrive";

    private static string AllowedOf(EmailOptions options) => options.AllowedRecipients.Count == 0
        ? "Nobody: this is not the real site, and no address is set that it may mail"
        : $"Only these, because this is not the real site: {string.Join(", ", options.AllowedRecipients)}";

    private static string? WarningOf(SmtpOptions smtp) =>
        !smtp.OAuth.IsSet && smtp.Password.Length > 0 && Microsoft.Any(name => smtp.Host.EndsWith(name, StringComparison.OrdinalIgnoreCase))
            ? "Microsoft 365 stops taking passwords for sending by default at the end of December 2026. Emails would then wait until the sign-in is changed. "
                + MailRemedy.UseOAuth
            : null;
}
