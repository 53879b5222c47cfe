using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>Signs a member of staff out, in one browser or in all of them, at once. The password stays. Doing it twice changes nothing.</summary>
internal sealed class EndStaffSessions(TrainingHubDb db, TimeProvider clock)
{
    public Task OneAsync(Guid user, byte[] keyHash, Actor by, CancellationToken ct) =>
        RunAsync(db.StaffSessions.Where(session => session.StaffUserId == user && session.KeyHash == keyHash), user, "Signed out of one browser", by, ct);

    public Task AllAsync(Guid user, Actor by, CancellationToken ct) =>
        RunAsync(db.StaffSessions.Where(session => session.StaffUserId == user), user, "Signed out everywhere", by, ct);

    private async Task RunAsync(IQueryable<StaffSession> sessions, Guid user, string act, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await sessions.ExecuteDeleteAsync(ct) > 0)
        {
            HistoryEntry.Add<StaffUser>(db, user, by, act, [], clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }
}
