using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Authentication;
using System.Text;
using System.Text.RegularExpressions;
using TrainingHub.Emails;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Hands emails over, one after another, never two at once. The one file to change for MailKit in place of
/// <see cref="SmtpClient"/>.
/// </summary>
internal interface IEmailTransport : IDisposable
{
    Task<Delivery> SendAsync(RenderedEmail email, CancellationToken cancellationToken);
}

/// <summary>
/// Deferred: try this email again later. Unreachable: the same, and no other email would get through now either.
/// Refused: trying again is of no use. Bounced: there is no such mailbox.
/// </summary>
internal enum DeliveryOutcome
{
    Sent,
    Deferred,
    Unreachable,
    Refused,
    Bounced,
}

/// <param name="Outcome">What came of it.</param>
/// <param name="Error">Why it was not sent, in the server's words or ours; null when sent.</param>
internal sealed record Delivery(DeliveryOutcome Outcome, string? Error = null)
{
    public static readonly Delivery Sent = new(DeliveryOutcome.Sent);
}

/// <summary>Writes each email to a folder as an .eml file, which appears whole or not at all. The same email again replaces its file.</summary>
internal sealed partial class FileEmailTransport(EmailEnvelope envelope, string folder) : IEmailTransport
{
    public async Task<Delivery> SendAsync(RenderedEmail email, CancellationToken cancellationToken)
    {
        var pickup = Directory.CreateDirectory(Path.Combine(folder, $".{email.Id:N}"));
        using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = pickup.FullName };
        using var message = envelope.Around(email);
        await client.SendMailAsync(message, cancellationToken);
        var written = pickup.EnumerateFiles().MaxBy(file => file.LastWriteTimeUtc)!.FullName;
        await DateAsync(written, email.CreatedAt, cancellationToken);
        var name = string.Create(CultureInfo.InvariantCulture, $"{email.CreatedAt.UtcDateTime:yyyyMMdd-HHmmss}-{email.Kind}-{email.Id:N}.eml");
        File.Move(written, Path.Combine(folder, name), overwrite: true);
        pickup.Delete(recursive: true);
        return Delivery.Sent;
    }

    public void Dispose()
    {
    }

    // SmtpClient writes the real time, whatever is asked; a demonstration lives by a clock of its own.
    private static async Task DateAsync(string path, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllTextAsync(path, cancellationToken);
        var date = at.UtcDateTime.ToString("'Date: 'ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(path, DateLine().Replace(content, date, 1), cancellationToken);
    }

    [GeneratedRegex("^Date: [^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex DateLine();
}

/// <summary>Sends by SMTP over one connection, which opens with the first email.</summary>
internal sealed class SmtpEmailTransport(EmailEnvelope envelope, EmailOptions options, bool mailsEverybody) : IEmailTransport
{
    private readonly SmtpClient client = new(options.Smtp.Host, options.Smtp.Port)
    {
        EnableSsl = !options.Smtp.AllowPlaintextForLoopback,
        Credentials = options.Smtp.User.Length == 0 ? null : new NetworkCredential(options.Smtp.User, options.Smtp.Password),
        Timeout = options.Smtp.TimeoutSeconds * 1000,
    };

    public async Task<Delivery> SendAsync(RenderedEmail email, CancellationToken cancellationToken)
    {
        if (!mailsEverybody && !options.Allows(email.To))
        {
            return new Delivery(DeliveryOutcome.Refused, "Not mailed: outside Production only addresses in Email:AllowedRecipients are.");
        }

        using var message = envelope.Around(email);
        try
        {
            await client.SendMailAsync(message, cancellationToken);
            return Delivery.Sent;
        }
        catch (SmtpException refusal)
        {
            return new Delivery(Meaning(refusal), Words(refusal));
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException)
        {
            return new Delivery(DeliveryOutcome.Unreachable, Words(fault));
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>
    /// RFC 5321 4.2.1: 4xx may pass, 5xx is final. But 500 to 504 and 530 to 538 are about our own dialogue or sign-in, as is a
    /// connection that fails: they would meet every email alike and must not fail them all.
    /// </summary>
    private static DeliveryOutcome Meaning(SmtpException refusal) => (int)refusal.StatusCode switch
    {
        550 or 551 or 553 when refusal is SmtpFailedRecipientException => DeliveryOutcome.Bounced,
        421 or 454 or (>= 500 and <= 504) or (>= 530 and <= 538) => DeliveryOutcome.Unreachable,
        >= 400 and < 500 => DeliveryOutcome.Deferred,
        >= 500 and < 600 => DeliveryOutcome.Refused,
        _ => DeliveryOutcome.Unreachable,
    };

    private static string Words(Exception fault) =>
        fault.InnerException is { } inner ? $"{fault.Message} {inner.Message}" : fault.Message;
}

/// <summary>The headers around every email and its two parts.</summary>
internal sealed class EmailEnvelope(EmailBrand brand, EmailOptions options)
{
    private readonly MailAddress from = new(options.From.Length > 0 ? options.From : brand.ContactEmail, brand.PartnershipName, Encoding.UTF8);

    /// <summary>One recipient; no attachment, no picture, nothing that tells whether it was read.</summary>
    public MailMessage Around(RenderedEmail email)
    {
        var message = new MailMessage(from, new MailAddress(email.To))
        {
            Subject = email.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        if (from.Address != brand.ContactEmail)
        {
            message.ReplyToList.Add(new MailAddress(brand.ContactEmail));
        }

        message.Headers["Message-ID"] = $"<{email.Id:N}@{from.Host}>";
        message.Headers["Auto-Submitted"] = "auto-generated";
        if (email.UnsubscribeUrl is { } address)
        {
            message.Headers["List-Unsubscribe"] = $"<{address}>";
            message.Headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }

        message.AlternateViews.Add(Part(email.Text, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(Part(email.Html, MediaTypeNames.Text.Html));
        return message;
    }

    private static AlternateView Part(string content, string type)
    {
        var part = AlternateView.CreateAlternateViewFromString(content.ReplaceLineEndings("\r\n"), Encoding.UTF8, type);
        part.TransferEncoding = TransferEncoding.QuotedPrintable;
        return part;
    }
}
