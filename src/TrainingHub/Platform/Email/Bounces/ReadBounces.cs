using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Looks through the unread messages of the mailbox for reports of mail servers and writes down what they say. A report is marked as
/// read, whatever it was about; everything else is left as it is, unread, for people. If it dies half-way the next run goes on: a report
/// that was written down but not marked counts once. There only when a mailbox is set.
/// </summary>
internal sealed class ReadBounces(RecordBounce record, IOptions<EmailOptions> options, IServiceProvider services, TimeProvider clock) : IJob
{
    private const int MostAtOnce = 200;
    private const int LargestReportBytes = 2_000_000;
    private const int LookBackDays = 14;

    private readonly BounceOptions mailbox = options.Value.Bounces;

    public static TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        using var client = new ImapClient { CheckCertificateRevocation = false, Timeout = mailbox.TimeoutSeconds * 1000 };
        try
        {
            await SignInAsync(client, ct);
            var folder = await client.GetFolderAsync(mailbox.Folder, ct);
            await folder.OpenAsync(FolderAccess.ReadWrite, ct);
            var handled = await ReadAsync(folder, ct);
            await client.DisconnectAsync(quit: true, ct);
            return handled;
        }
        catch (SignInException fault)
        {
            throw new JobWaitsException(Words(fault.Message), handled: 0);
        }
        catch (Exception fault) when (fault is AuthenticationException or FolderNotFoundException or SslHandshakeException or ProtocolException
            or CommandException or IOException or SocketException or TimeoutException)
        {
            throw new JobWaitsException(Words(fault.Message), handled: 0);
        }
    }

    private async Task<int> ReadAsync(IMailFolder folder, CancellationToken ct)
    {
        var unread = await folder.SearchAsync(SearchQuery.NotSeen.And(SearchQuery.DeliveredAfter(clock.GetUtcNow().UtcDateTime.AddDays(-LookBackDays))), ct);
        var found = await folder.FetchAsync([.. unread.TakeLast(MostAtOnce)], MessageSummaryItems.UniqueId | MessageSummaryItems.BodyStructure | MessageSummaryItems.Size, ct);
        var handled = 0;
        foreach (var summary in found.Where(IsReport))
        {
            using var message = await folder.GetMessageAsync(summary.UniqueId, ct);
            handled += await record.RunAsync(message, ct) == BounceOutcome.Recorded ? 1 : 0;
            await folder.AddFlagsAsync(summary.UniqueId, MessageFlags.Seen, silent: true, ct);
        }

        return handled;
    }

    private static bool IsReport(IMessageSummary summary) =>
        summary.Size <= LargestReportBytes
        && summary.Body is BodyPartMultipart { ContentType: { } type }
        && type.IsMimeType("multipart", "report")
        && string.Equals(type.Parameters["report-type"], "delivery-status", StringComparison.OrdinalIgnoreCase);

    private async Task SignInAsync(ImapClient client, CancellationToken ct)
    {
        var token = mailbox.UseOAuth ? await services.GetRequiredService<SmtpTokens>().GetAsync(ct) : null;
        await client.ConnectAsync(mailbox.Host, mailbox.Port, SmtpSignIn.SecurityOf(mailbox.Encryption), ct);
        await (token is null
            ? client.AuthenticateAsync(mailbox.User, mailbox.Password, ct)
            : client.AuthenticateAsync(new SaslMechanismOAuth2(mailbox.User, token), ct));
    }

    private static string Words(string why) =>
        $"The mailbox in Email:Bounces cannot be read: “{why.TrimEnd('.')}.” Emails that did not arrive are not marked until it can. "
        + "Ask whoever looks after this site to check the settings Email:Bounces.";
}
