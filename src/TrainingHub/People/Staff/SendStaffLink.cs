using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

/// <summary>
/// Sends a member of staff a link to choose a new password, and opens a closed account again. The former password, earlier links and
/// all sessions end at once, and wrong tries are forgotten; the second factor stays. Returns false when there is no such account.
/// </summary>
internal sealed class SendStaffLink(TrainingHubDb db, UserManager<StaffUser> users, SignInTries tries, TimeProvider clock, IOptions<SiteOptions> site)
{
    public async Task<bool> RunAsync(Guid id, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        if (await db.Users.FromSql($"select * from staff_users where id = {id} for no key update").SingleOrDefaultAsync(ct) is not { Email: { } email } user)
        {
            return false;
        }

        var wasClosed = user.ClosedAt is not null;
        (user.PasswordHash, user.OneTimePasswordUntil, user.ClosedAt) = (null, null, null);
        await users.UpdateSecurityStampAsync(user);
        await db.StaffSessions.Where(session => session.StaffUserId == id).ExecuteDeleteAsync(ct);
        var (url, until) = StaffLink.Issue(db, user, site.Value, now);
        db.Add(OutgoingEmail.To(email, new StaffPasswordLinkEmail(user.Name, by.Name, site.Value.Name, url, until), now));
        HistoryEntry.Add<StaffUser>(db, id, by, wasClosed ? "Account opened again" : "Link to choose a password sent", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await tries.StartAnewAsync(users.NormalizeEmail(email), ct);
        return true;
    }
}
