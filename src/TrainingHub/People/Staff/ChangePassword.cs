using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

internal enum PasswordProblem
{
    CurrentIsWrong,
    NewIsWeak,
}

internal sealed record PasswordRefusal(PasswordProblem Problem, string Words);

/// <summary>
/// Replaces a person's password when the present one is given, and ends every session of theirs in the same transaction
/// (OWASP ASVS 5.0, 7.4.3). Wrong guesses count towards the lock as they do at the door.
/// </summary>
internal sealed class ChangePassword(TrainingHubDb db, UserManager<StaffUser> users, CheckSignIn check)
{
    /// <returns>What prevents it, or null when it is done.</returns>
    public async Task<PasswordRefusal?> RunAsync(Guid staffUserId, string current, string wanted, CancellationToken ct)
    {
        var email = await db.Users.Where(user => user.Id == staffUserId).Select(user => user.Email).SingleAsync(ct);
        var checkedIn = await check.RunAsync(email ?? "", current, ct);
        if (checkedIn.Refusal is { } refusal)
        {
            return new(PasswordProblem.CurrentIsWrong, refusal switch
            {
                SignInRefusal.NotRight => "That is not your present password",
                SignInRefusal.Locked => "Too many tries: wait 15 minutes, then try again",
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

        await db.StaffSessions.Where(session => session.StaffUserId == staffUserId).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }
}
