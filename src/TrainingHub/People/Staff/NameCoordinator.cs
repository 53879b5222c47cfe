using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

internal enum CoordinatorRefusal
{
    /// <summary>There is no open account with this address.</summary>
    Unknown,

    /// <summary>Nobody would be left to read comments and to name others.</summary>
    LastOne,
}

/// <summary>
/// Makes a member of staff a coordinator, who reads survey comments and concerns, or ends that. Either signs the person out
/// everywhere, since a session says what its person may do. Doing it twice changes nothing.
/// </summary>
internal sealed class NameCoordinator(TrainingHubDb db, ILookupNormalizer normalizer, TimeProvider clock)
{
    public Task<CoordinatorRefusal?> NameAsync(string email, Actor by, CancellationToken ct) => SetAsync(email, isCoordinator: true, by, ct);

    public Task<CoordinatorRefusal?> EndAsync(string email, Actor by, CancellationToken ct) => SetAsync(email, isCoordinator: false, by, ct);

    private async Task<CoordinatorRefusal?> SetAsync(string email, bool isCoordinator, Actor by, CancellationToken ct)
    {
        var key = normalizer.NormalizeEmail(email.Trim());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // All of them, so that two that end at once do not both leave the other.
        var open = await db.Users
            .FromSql($"select * from staff_users where closed_at is null and (is_coordinator or normalized_email = {key}) order by id for no key update")
            .ToListAsync(ct);
        if (open.Find(user => user.NormalizedEmail == key) is not { } user)
        {
            return CoordinatorRefusal.Unknown;
        }

        if (!isCoordinator && !open.Exists(other => other != user && other.IsCoordinator))
        {
            return CoordinatorRefusal.LastOne;
        }

        if (user.IsCoordinator != isCoordinator)
        {
            user.IsCoordinator = isCoordinator;
            HistoryEntry.Add<StaffUser>(db, user.Id, by, isCoordinator ? "Made a coordinator" : "No coordinator any more", [], clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
            await db.StaffSessions.Where(session => session.StaffUserId == user.Id).ExecuteDeleteAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return null;
    }
}
