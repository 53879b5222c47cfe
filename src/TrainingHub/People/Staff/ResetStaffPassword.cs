using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

/// <summary>
/// Gives an open account a new one-time password, as <see cref="AddStaff"/> does, takes its authenticator app, recovery codes and passkeys
/// away, forgets the wrong tries and ends its sessions: the last resort where no second coordinator can help.
/// Returns null when there is no such account or it is closed.
/// </summary>
internal sealed class ResetStaffPassword(TrainingHubDb db, UserManager<StaffUser> users, SignInTries tries, TimeProvider clock, IOptions<SiteOptions> site)
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
        if (await SignInChanges.ClearAsync(db, user.Id, ct))
        {
            SignInChanges.Record(db, user, SignInChange.Reset, Actor.CommandLine, site.Value, clock.GetUtcNow());
        }

        await db.SaveChangesAsync(ct);
        await db.StaffSessions.Where(session => session.StaffUserId == user.Id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        await tries.StartAnewAsync(users.NormalizeEmail(email.Trim()), ct);
        return password;
    }
}
