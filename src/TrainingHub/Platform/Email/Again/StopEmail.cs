using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.Platform.Email;

/// <summary>Stops what waits to be sent, and puts aside what did not arrive. What was sent, or is being sent, is left alone.</summary>
internal sealed class StopEmail(TrainingHubDb db, TimeProvider clock)
{
    /// <returns>Whether it was stopped by this call.</returns>
    public async Task<bool> RunAsync(Guid id, Actor by, CancellationToken ct)
    {
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        var stopped = await db.OutgoingEmails
            .Where(email => email.Id == id && EmailStates.CanBeStopped.Contains(email.State))
            .ExecuteUpdateAsync(row => row.SetProperty(email => email.State, EmailState.Stopped).SetProperty(email => email.LeaseUntil, (DateTimeOffset?)null), ct);
        if (stopped == 1)
        {
            HistoryEntry.Add<OutgoingEmail>(db, id, by, "Stopped", [], clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return stopped == 1;
    }
}
