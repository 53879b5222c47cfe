using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

internal enum PasswordProblem
{
    CurrentIsWrong,
    NewIsWeak,
}

internal sealed record PasswordRefusal(PasswordProblem Problem, string Words);

/// <summary>
/// Replaces a person's password when the present one is given, and ends every session of theirs in the same transaction
/// (OWASP ASVS 5.0, 7.4.3). Wrong guesses are counted, as they are at the door.
/// </summary>
internal sealed class ChangePassword(TrainingHubDb db, UserManager<StaffUser> users, CheckSignIn check, TimeProvider clock)
{
    /// <returns>What prevents it, or null when it is done.</returns>
    public async Task<PasswordRefusal?> RunAsync(Guid staffUserId, string current, string wanted, CancellationToken ct)
    {
        var account = await db.Users.Where(user => user.Id == staffUserId).Select(user => new { user.Email, user.SecurityStamp }).SingleAsync(ct);
        // Whoever is signed in is known, and is not kept waiting by what strangers try at the door.
        var from = new SignInFrom("", new KnownDevice(staffUserId, staffUserId, account.SecurityStamp ?? ""));
        var checkedIn = await check.RunAsync(account.Email ?? "", current, from, ct);
        if (checkedIn.Refusal is { } refusal)
        {
            return new(PasswordProblem.CurrentIsWrong, refusal switch
            {
                SignInRefusal.NotRight => "That is not your present password",
                SignInRefusal.TooMany => "Too many tries: wait 15 minutes, then try again",
                SignInRefusal.Busy => "Too many people are signing in at this moment: try again in a moment",
            });
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.Users.SingleAsync(known => known.Id == staffUserId, ct);
        user.OneTimePasswordUntil = null;
        var changed = await users.ChangePasswordAsync(user, current, wanted);
        if (!changed.Succeeded)
        {
            return new(PasswordProblem.NewIsWeak, changed.Errors.First().Description);
        }

        HistoryEntry.Add<StaffUser>(db, staffUserId, new(staffUserId, user.Name), "Password changed", [], clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await db.StaffSessions.Where(session => session.StaffUserId == staffUserId).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }
}
