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
internal sealed class ChangePassword(TrainingHubDb db, UserManager<StaffUser> users, PasswordProof proof, TimeProvider clock)
{
    /// <returns>What prevents it, or null when it is done.</returns>
    public async Task<PasswordRefusal?> RunAsync(Guid staffUserId, string current, string wanted, CancellationToken ct)
    {
        if (await proof.WhyNotAsync(staffUserId, current, ct) is { } refusal)
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
