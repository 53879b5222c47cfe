using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>
/// Gives an open account a new one-time password, as <see cref="AddStaff"/> does, forgets the wrong tries and ends its sessions.
/// Returns null when there is no such account or it is closed.
/// </summary>
internal sealed class ResetStaffPassword(TrainingHubDb db, UserManager<StaffUser> users, Tries tries, TimeProvider clock)
{
    public async Task<string?> RunAsync(string email, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await users.FindByEmailAsync(email.Trim());
        if (user is not { ClosedAt: null })
        {
            return null;
        }

        var password = AddStaff.RandomPassword();
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        user.OneTimePasswordUntil = clock.GetUtcNow() + StaffUser.OneTimePasswordFor;
        await users.UpdateSecurityStampAsync(user);
        HistoryEntry.Add<StaffUser>(db, user.Id, Actor.CommandLine, "One-time password made", [], clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await db.StaffSessions.Where(session => session.StaffUserId == user.Id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        await tries.ForgetAsync(CheckSignIn.ToAccount, users.NormalizeEmail(email.Trim()), ct);
        return password;
    }
}
