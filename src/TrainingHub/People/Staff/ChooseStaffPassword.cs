using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <param name="User">Who can sign in now; null when the link opens nothing any more.</param>
/// <param name="Weak">What is wrong with the password, in words.</param>
internal sealed record ChosenPassword(StaffUser? User, string? Weak = null);

/// <summary>
/// A member of staff chooses a password by an emailed link. It works once: with the password the account's stamp changes, which the
/// link is made of. All sessions end. Refuses a weak password in words; the link stays good then.
/// </summary>
internal sealed class ChooseStaffPassword(TrainingHubDb db, UserManager<StaffUser> users, SignInTries tries, TimeProvider clock)
{
    /// <param name="id">The account.</param>
    /// <param name="subject">What the link opens.</param>
    /// <param name="wanted">The password.</param>
    /// <param name="ct">To stop.</param>
    public async Task<ChosenPassword> RunAsync(Guid id, Guid subject, string wanted, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.Users.FromSql($"select * from staff_users where id = {id} for no key update").SingleOrDefaultAsync(ct);
        if (user is not { ClosedAt: null } || StaffLink.SubjectOf(user) != subject)
        {
            return new(User: null);
        }

        if (PasswordRules.WhyNot(wanted, user.Name, user.Email ?? "") is { } weak)
        {
            return new(user, weak);
        }

        user.PasswordHash = users.PasswordHasher.HashPassword(user, wanted);
        user.OneTimePasswordUntil = null;
        await users.UpdateSecurityStampAsync(user);
        await db.StaffSessions.Where(session => session.StaffUserId == id).ExecuteDeleteAsync(ct);
        await db.SecretLinks.Where(link => link.Purpose == StaffLink.Purpose && link.SubjectId == subject).ExecuteDeleteAsync(ct);
        HistoryEntry.Add<StaffUser>(db, id, new(id, user.Name), "Password chosen", [], clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await tries.StartAnewAsync(users.NormalizeEmail(user.Email ?? ""), ct);
        return new(user);
    }
}
