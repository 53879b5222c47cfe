using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Puts emails that have failed or bounced back into the queue, with all their attempts before them; one that is withheld too, and
/// staff vouch for its mailbox then. An email that was sent, or waits already, is left alone, so a second click does nothing.
/// </summary>
internal sealed class TryEmailsAgain(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>One email, failed, bounced or withheld. Returns whether there was such a one.</summary>
    public async Task<bool> RunAsync(Guid id, Actor by, CancellationToken ct)
    {
        var locked = db.OutgoingEmails.FromSql($"select * from outgoing_emails where id = {id} for update");
        return await RunAsync(locked.Where(email => EmailStates.CanBeTriedAgain.Contains(email.State)), by, ct) > 0;
    }

    /// <summary>All that failed; those that bounced have no mailbox to go to. Returns how many.</summary>
    public Task<int> RunAsync(Actor by, CancellationToken ct) =>
        RunAsync(db.OutgoingEmails.FromSql($"select * from outgoing_emails where state = 'Failed' order by id for update"), by, ct);

    private async Task<int> RunAsync(IQueryable<OutgoingEmail> locked, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var tried = await locked.Select(email => new { email.Id, email.State, email.ToAddress }).ToListAsync(ct);
        foreach (var address in tried.Where(email => email.State == EmailState.Withheld).Select(email => email.ToAddress))
        {
            await ConfirmedAddress.ConfirmAsync(db, address, now, ct);
        }

        await QueueAsync([.. tried.Select(email => email.Id)], now, ct);
        await CopyHistory.RunAsync(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            tried.Select(email => HistoryEntry.New<OutgoingEmail>(email.Id, by, "Tried again", [], now)), ct);
        await transaction.CommitAsync(ct);
        return tried.Count;
    }

    private Task<int> QueueAsync(Guid[] ids, DateTimeOffset now, CancellationToken ct) =>
        db.OutgoingEmails.Where(email => ids.Contains(email.Id)).ExecuteUpdateAsync(
            row => row
                .SetProperty(email => email.State, EmailState.Queued)
                .SetProperty(email => email.DueAt, now)
                .SetProperty(email => email.AttemptCount, 0)
                .SetProperty(email => email.LastError, (string?)null),
            ct);
}
