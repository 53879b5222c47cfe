using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace TrainingHub.Platform.Email;

internal enum BounceOutcome
{
    /// <summary>The email did not arrive, and its row says so now.</summary>
    Recorded,

    /// <summary>Nothing has failed yet: the mail server goes on trying.</summary>
    StillTried,

    /// <summary>No report, or about an email that this site has not sent, or has forgotten.</summary>
    NotOurs,

    /// <summary>It was read before, or what it tells of has been dealt with.</summary>
    Known,

    /// <summary>It failed for another address, to which the mailbox passes email on. What became of the mailbox's own copy is not known.</summary>
    PassedOn,
}

/// <summary>
/// Writes down what a report says: the email did not arrive, and if it has no mailbox the address is undeliverable. Only an email that
/// counts as sent changes, and only for the address that it was sent to, so a report that comes twice, late or from a stranger does no
/// harm: nobody can guess a Message-ID of ours.
/// </summary>
internal sealed partial class RecordBounce(TrainingHubDb db, TimeProvider clock, ILogger<RecordBounce> logger)
{
    public async Task<BounceOutcome> RunAsync(MimeMessage message, CancellationToken ct)
    {
        if (BounceReport.Of(message) is not { } report)
        {
            return BounceOutcome.NotOurs;
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var email = await db.OutgoingEmails.FromSql($"select * from outgoing_emails where id = {report.EmailId} for update").AsNoTracking().SingleOrDefaultAsync(ct);
        if (email is null)
        {
            return BounceOutcome.NotOurs;
        }

        if (report.Verdict == BounceVerdict.Delayed)
        {
            return BounceOutcome.StillTried;
        }

        if (report.Recipients.Count > 0 && !report.Recipients.Contains(EmailAddress.MailboxOf(email.ToAddress)))
        {
            return BounceOutcome.PassedOn;
        }

        var isNew = await db.Database.ExecuteSqlAsync($"insert into bounce_reports (hash, read_at) values ({report.Key}, {now}) on conflict do nothing", ct) == 1;
        if (!isNew || email.State != EmailState.Sent)
        {
            return BounceOutcome.Known;
        }

        await MarkAsync(email, report, now, ct);
        await transaction.CommitAsync(ct);
        LogBounced(email.Id, email.Kind, report.Verdict);
        return BounceOutcome.Recorded;
    }

    private async Task MarkAsync(OutgoingEmail email, BounceReport report, DateTimeOffset now, CancellationToken ct)
    {
        var hasNoMailbox = report.Verdict == BounceVerdict.NoMailbox;
        await db.OutgoingEmails.Where(row => row.Id == email.Id).ExecuteUpdateAsync(
            row => row
                .SetProperty(one => one.State, hasNoMailbox ? EmailState.Bounced : EmailState.Failed)
                .SetProperty(one => one.BouncedAt, now)
                .SetProperty(one => one.LastError, report.Answer),
            ct);
        if (hasNoMailbox)
        {
            await UndeliverableAddress.MarkAsync(db, email.ToAddress, now, report.Answer, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Email {Id} ({Kind}) came back: {Verdict}")]
    private partial void LogBounced(Guid id, string kind, BounceVerdict verdict);
}
