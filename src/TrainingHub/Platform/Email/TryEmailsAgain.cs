using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Puts all emails that have failed back into the queue, with all their attempts before them. Those that bounced have no mailbox to go
/// to. An email that was sent, or waits already, is left alone, so a second click does nothing. For one email: <see cref="SendEmailAgain"/>.
/// </summary>
internal sealed class TryEmailsAgain(TrainingHubDb db, LinksInEmail links, TimeProvider clock)
{
    private const int Most = 1_000;

    /// <summary>Returns how many are queued; what cannot be sent any more stays as it is.</summary>
    public async Task<int> RunAsync(Actor by, CancellationToken ct) =>
        await RunAsync($"select * from outgoing_emails where state = 'Failed' and model is not null order by id limit {Most} for update", by, ct);

    /// <summary>The same of one email alone. False when it has not failed, or cannot be sent any more.</summary>
    public async Task<bool> RunAsync(Guid id, Actor by, CancellationToken ct) =>
        await RunAsync($"select * from outgoing_emails where id = {id} and state = 'Failed' and model is not null for update", by, ct) > 0;

    private async Task<int> RunAsync(FormattableString wanted, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var failed = await db.OutgoingEmails
            .FromSql(wanted)
            .AsNoTracking().ToListAsync(ct);
        var queued = new List<OutgoingEmail>();
        foreach (var email in failed)
        {
            if (await links.FindAsync(db, email.Model!, now, ct) is { } kept && email.Requeued(email.Id, kept.Renew(db, email.Model!, now), email.ToAddress, now) is { } again)
            {
                await kept.EndAsync(db, ct);
                queued.Add(again);
            }
        }

        db.UpdateRange(queued);
        await db.SaveChangesAsync(ct);
        await CopyHistory.RunAsync(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            queued.Select(email => HistoryEntry.New<OutgoingEmail>(email.Id, by, "Sent again", [], now)), ct);
        await transaction.CommitAsync(ct);
        return queued.Count;
    }
}
