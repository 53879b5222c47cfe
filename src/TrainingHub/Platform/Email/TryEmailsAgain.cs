using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Puts emails that have failed or bounced back into the queue, with all their attempts before them; one that is withheld too, and
/// staff vouch for its mailbox then. An email that was sent, or waits already, is left alone, so a second click does nothing.
/// </summary>
internal sealed class TryEmailsAgain(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>One email, failed, bounced or withheld. Returns whether there was such a one.</summary>
    public async Task<bool> RunAsync(Guid id, CancellationToken ct)
    {
        var wanted = db.OutgoingEmails.Where(email => email.Id == id && EmailStates.CanBeTriedAgain.Contains(email.State));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var withheldFrom = await wanted.Where(email => email.State == EmailState.Withheld).Select(email => email.ToAddress).FirstOrDefaultAsync(ct);
        if (withheldFrom is not null)
        {
            await ConfirmedAddress.ConfirmAsync(db, withheldFrom, clock.GetUtcNow(), ct);
        }

        var queued = await QueueAsync(wanted, ct);
        await transaction.CommitAsync(ct);
        return queued > 0;
    }

    /// <summary>All that failed; those that bounced have no mailbox to go to. Returns how many.</summary>
    public Task<int> RunAsync(CancellationToken ct) =>
        QueueAsync(db.OutgoingEmails.Where(email => email.State == EmailState.Failed), ct);

    private Task<int> QueueAsync(IQueryable<OutgoingEmail> emails, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return emails.ExecuteUpdateAsync(
            row => row
                .SetProperty(email => email.State, EmailState.Queued)
                .SetProperty(email => email.DueAt, now)
                .SetProperty(email => email.AttemptCount, 0)
                .SetProperty(email => email.LastError, (string?)null),
            ct);
    }
}
