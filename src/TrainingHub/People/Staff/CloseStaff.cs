using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <summary>
/// Closes an account: it cannot sign in again and its sessions end with this transaction. What the person did stays theirs.
/// Doing it twice changes nothing. Returns false when there is no such account.
/// </summary>
internal sealed class CloseStaff(TrainingHubDb db, ILookupNormalizer normalizer, TimeProvider clock)
{
    public async Task<bool> RunAsync(string email, CancellationToken ct)
    {
        var key = normalizer.NormalizeEmail(email.Trim());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.Users.FirstOrDefaultAsync(known => known.NormalizedEmail == key, ct);
        if (user is null)
        {
            return false;
        }

        user.ClosedAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await db.StaffSessions.Where(session => session.StaffUserId == user.Id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
