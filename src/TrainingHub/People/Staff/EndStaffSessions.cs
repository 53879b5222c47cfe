using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>Signs a member of staff out, in one browser or in all of them, at once. The password stays. Doing it twice changes nothing.</summary>
internal sealed class EndStaffSessions(TrainingHubDb db, TimeProvider clock)
{
    /// <returns>Whether it was one of theirs and had not ended.</returns>
    public Task<bool> OneAsync(Guid user, byte[] keyHash, Actor by, CancellationToken ct) =>
        RunAsync(db.StaffSessions.Where(session => session.StaffUserId == user && session.KeyHash == keyHash), user, "Signed out of one browser", by, ct);

    /// <param name="user">Whose sessions.</param>
    /// <param name="own">The session of whoever asks, which stays if it is theirs.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">To stop.</param>
    public Task AllButAsync(Guid user, byte[] own, Actor by, CancellationToken ct) => RunAsync(
        db.StaffSessions.Where(session => session.StaffUserId == user && session.KeyHash != own), user,
        user == by.Id ? "Signed out everywhere else" : "Signed out everywhere", by, ct);

    private async Task<bool> RunAsync(IQueryable<StaffSession> sessions, Guid user, string act, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var isDone = await sessions.ExecuteDeleteAsync(ct) > 0;
        if (isDone)
        {
            HistoryEntry.Add<StaffUser>(db, user, by, act, [], clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return isDone;
    }
}
