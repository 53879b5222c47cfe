using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;
using TrainingHub.Emails;

namespace TrainingHub.Platform.Email;

/// <summary>Hands emails over, one after another, never two at once.</summary>
internal interface IEmailTransport : IAsyncDisposable
{
    Task<Delivery> SendAsync(RenderedEmail email, CancellationToken ct);
}

/// <summary>
/// Deferred: try this email again later. Unreachable: the same, and no other email would get through now either.
/// Refused: trying again is of no use. Bounced: there is no such mailbox. RefusesUs: the server takes nothing from this site until a
/// person has put that right. RefusesUsOrThem: it may be that, or this recipient alone; other emails tell.
/// </summary>
internal enum DeliveryOutcome
{
    Sent,
    Deferred,
    Unreachable,
    Refused,
    Bounced,
    RefusesUs,
    RefusesUsOrThem,
}

/// <param name="Outcome">What came of it.</param>
/// <param name="Error">Why it was not sent, in the server's words or ours; null when sent.</param>
internal sealed record Delivery(DeliveryOutcome Outcome, string? Error = null)
{
    public static readonly Delivery Sent = new(DeliveryOutcome.Sent);
}

/// <summary>Writes each email to a folder as an .eml file, which appears whole or not at all. The same email again replaces its file.</summary>
internal sealed class FileEmailTransport(EmailEnvelope envelope, string folder) : IEmailTransport
{
    public async Task<Delivery> SendAsync(RenderedEmail email, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var unfinished = Path.Combine(folder, $".{email.Id:N}");
        using var message = envelope.Around(email);
        await message.WriteToAsync(unfinished, ct);
        var name = string.Create(CultureInfo.InvariantCulture, $"{email.CreatedAt.UtcDateTime:yyyyMMdd-HHmmss}-{email.Kind}-{email.Id:N}.eml");
        File.Move(unfinished, Path.Combine(folder, name), overwrite: true);
        return Delivery.Sent;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Sends by SMTP over one connection, which opens with the first email.</summary>
internal sealed class SmtpEmailTransport(EmailEnvelope envelope, EmailOptions options, SmtpTokens? tokens, bool mailsEverybody) : IEmailTransport
{
    private readonly SmtpOptions smtp = options.Smtp;
    private readonly SmtpSignIn signIn = new(options.Smtp, tokens);

    // A list of withdrawn certificates that cannot be fetched would stop every email.
    private readonly SmtpClient client = new() { CheckCertificateRevocation = false };

    public async Task<Delivery> SendAsync(RenderedEmail email, CancellationToken ct)
    {
        if (!mailsEverybody && !options.Allows(email.To))
        {
            return new Delivery(DeliveryOutcome.Refused, "Not mailed: outside Production only addresses in Email:AllowedRecipients are.");
        }

        using var message = envelope.Around(email);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(smtp.TimeoutSeconds));
        try
        {
            if (!client.IsConnected)
            {
                await signIn.RunAsync(client, limit.Token);
            }

            await client.SendAsync(message, limit.Token);
            return Delivery.Sent;
        }
        catch (SignInException fault)
        {
            return new Delivery(fault.Outcome, fault.Message);
        }
        catch (SmtpCommandException refusal)
        {
            return new Delivery(SmtpRefusal.Meaning(refusal), $"{(int)refusal.StatusCode} {refusal.Message}");
        }
        catch (Exception fault) when (fault is AuthenticationException or ServiceNotAuthenticatedException
            || (fault is NotSupportedException && client.IsConnected))
        {
            return new Delivery(DeliveryOutcome.RefusesUs, fault.Message);
        }
        catch (OperationCanceledException)
        {
            return new Delivery(DeliveryOutcome.Unreachable, $"The mail server took longer than {smtp.TimeoutSeconds} seconds.");
        }
        catch (Exception fault) when (fault is ProtocolException or SslHandshakeException or NotSupportedException or IOException or SocketException)
        {
            return new Delivery(DeliveryOutcome.Unreachable, fault.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(smtp.TimeoutSeconds));
        await client.DisconnectAsync(quit: true, limit.Token);
        client.Dispose();
    }
}

/// <summary>The headers around every email and its two parts.</summary>
internal sealed class EmailEnvelope(EmailBrand brand, EmailOptions options)
{
    private readonly MailboxAddress from = new(brand.PartnershipName, options.From.Length > 0 ? options.From : brand.ContactEmail);

    /// <summary>One recipient; no attachment, no picture, nothing that tells whether it was read.</summary>
    public MimeMessage Around(RenderedEmail email)
    {
        var message = new MimeMessage
        {
            MessageId = $"{email.Id:N}@{from.Domain}",
            // When it was put into the outbox, by the application's clock: a demonstration lives by one of its own.
            Date = email.CreatedAt,
            Subject = email.Subject,
            Body = new MultipartAlternative { Part(TextFormat.Plain, email.Text), Part(TextFormat.Html, email.Html) },
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress("", email.To));
        if (from.Address != brand.ContactEmail)
        {
            message.ReplyTo.Add(new MailboxAddress("", brand.ContactEmail));
        }

        message.Headers[HeaderId.AutoSubmitted] = "auto-generated";
        if (email.UnsubscribeUrl is { } address)
        {
            message.Headers[HeaderId.ListUnsubscribe] = $"<{address}>";
            message.Headers[HeaderId.ListUnsubscribePost] = "List-Unsubscribe=One-Click";
        }

        return message;
    }

    private static TextPart Part(TextFormat format, string content) =>
        new(format) { Text = content, ContentTransferEncoding = ContentEncoding.QuotedPrintable };
}
