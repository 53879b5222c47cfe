using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

internal enum SignInRefusal
{
    /// <summary>No such account, a closed one, a one-time password out of date, or the wrong password.</summary>
    NotRight,

    /// <summary>Five wrong passwords: no more tries for a quarter of an hour.</summary>
    Locked,
}

internal sealed record SignInCheck(StaffUser? User, SignInRefusal? Refusal);

/// <summary>
/// Whether an email address and a password belong together. A try is counted before the password is looked at, in one
/// statement, so that of many tries at once no more than five are looked at. One password is hashed whatever the outcome:
/// neither words nor time tell whether an account exists (OWASP ASVS 5.0, 6.3.8).
/// </summary>
internal sealed class CheckSignIn(TrainingHubDb db, UserManager<StaffUser> users, TimeProvider clock)
{
    // Hashed once a process with the same settings as a real one.
    private static string? NobodysHash;

    public async Task<SignInCheck> RunAsync(string email, string password, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var key = users.NormalizeEmail(email.Trim());
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(known => known.NormalizedEmail == key, ct);
        if (user?.PasswordHash is null || !user.MayEnterAt(now))
        {
            Waste(password);
            return new(null, SignInRefusal.NotRight);
        }

        if (!await CountTryAsync(user.Id, now, ct))
        {
            Waste(password);
            return new(null, SignInRefusal.Locked);
        }

        var match = users.PasswordHasher.VerifyHashedPassword(user, user.PasswordHash, password);
        if (match == PasswordVerificationResult.Failed)
        {
            return new(null, SignInRefusal.NotRight);
        }

        await db.Users.Where(known => known.Id == user.Id).ExecuteUpdateAsync(
            set => set.SetProperty(known => known.AccessFailedCount, 0).SetProperty(known => known.LockoutEnd, (DateTimeOffset?)null), ct);
        return new(user, null);
    }

    private async Task<bool> CountTryAsync(Guid userId, DateTimeOffset now, CancellationToken ct)
    {
        var lockedUntil = now + StaffUser.LockedFor;
        var counted = await db.Database.ExecuteSqlAsync(
            $"""
            update staff_users
            set access_failed_count = case when access_failed_count + 1 >= {StaffUser.MaxTries} then 0 else access_failed_count + 1 end,
                lockout_end = case when access_failed_count + 1 >= {StaffUser.MaxTries} then {lockedUntil} end
            where id = {userId}
            and (lockout_end is null or lockout_end <= {now})
            """,
            ct);
        return counted == 1;
    }

    private void Waste(string password)
    {
        var nobody = new StaffUser { Name = "", CreatedAt = default };
        NobodysHash ??= users.PasswordHasher.HashPassword(nobody, Guid.NewGuid().ToString());
        users.PasswordHasher.VerifyHashedPassword(nobody, NobodysHash, password);
    }
}
