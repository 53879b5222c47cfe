using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

internal enum CloseStaffRefusal
{
    /// <summary>There is no such account.</summary>
    Unknown,

    /// <summary>Nobody closes the account that they are signed in with.</summary>
    Oneself,

    /// <summary>Nobody could sign in any more.</summary>
    LastOne,

    /// <summary>Nobody would be left to look after accounts.</summary>
    LastAdministrator,

    /// <summary>Nobody would be left to read survey comments.</summary>
    LastReader,
}

/// <summary>
/// Closes an account: it cannot sign in again and its sessions end with this transaction. What the person did stays theirs.
/// Doing it twice changes nothing. Never one's own, the last open one, or the last of those who look after accounts or read comments.
/// </summary>
internal sealed class CloseStaff(TrainingHubDb db, ILookupNormalizer normalizer, TimeProvider clock)
{
    public async Task<CloseStaffRefusal?> RunAsync(string email, Actor by, CancellationToken ct)
    {
        var key = normalizer.NormalizeEmail(email.Trim());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // All that are open, so that two that are closed at once do not both leave the other.
        var open = await db.Users.FromSql($"select * from staff_users where closed_at is null order by id for no key update").ToListAsync(ct);
        if (open.Find(user => user.NormalizedEmail == key) is not { } closing)
        {
            return await db.Users.AnyAsync(user => user.NormalizedEmail == key, ct) ? null : CloseStaffRefusal.Unknown;
        }

        if (WhyNot(closing, open, by) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        closing.ClosedAt = now;
        HistoryEntry.Add<StaffUser>(db, closing.Id, by, "Account closed", [], now);
        await db.SaveChangesAsync(ct);
        await db.StaffSessions.Where(session => session.StaffUserId == closing.Id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private static CloseStaffRefusal? WhyNot(StaffUser closing, List<StaffUser> open, Actor by) =>
        closing.Id == by.Id ? CloseStaffRefusal.Oneself
        : open.Count == 1 ? CloseStaffRefusal.LastOne
        : StaffUser.LeftWithout(closing, [], open) switch
        {
            null => null,
            StaffRight.Accounts => CloseStaffRefusal.LastAdministrator,
            _ => CloseStaffRefusal.LastReader,
        };
}
