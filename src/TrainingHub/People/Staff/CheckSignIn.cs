using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

internal enum SignInRefusal
{
    /// <summary>No such account, a closed one, a one-time password out of date, or the wrong password.</summary>
    NotRight,

    /// <summary>Too many wrong passwords within a quarter of an hour, for this account or from this network.</summary>
    TooMany,

    /// <summary>Nothing was looked at: too many sign in at this moment.</summary>
    Busy,
}

internal sealed record SignInCheck(StaffUser? User, SignInRefusal? Refusal);

/// <summary>
/// Whether an email address and a password belong together. A try is counted before the password is looked at, and given back when it
/// was right (<see cref="SignInTries"/>), so that of many tries at once no more than the bound are looked at, on all nodes together.
/// Accounts that do not exist are counted, hashed and written down alike: neither words nor time tell which exist (OWASP ASVS 5.0, 6.3.1
/// and 6.3.8). A password that is right still needs its second factor.
/// </summary>
internal sealed class CheckSignIn(
    TrainingHubDb db, UserManager<StaffUser> users, SignInTries tries, PasswordQueue queue, SignInHistory history, TimeProvider clock)
{
    // Hashed once a process with the same settings as a real one.
    private static string? NobodysHash;

    public async Task<SignInCheck> RunAsync(string email, string password, SignInFrom from, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var key = users.NormalizeEmail(email.Trim());
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(known => known.NormalizedEmail == key, ct);
        var device = user is not null && from.Device?.IsOf(user) == true ? from.Device : null;
        using var turn = await queue.EnterAsync(isKnown: device is not null, ct);
        if (turn is null)
        {
            return new(null, SignInRefusal.Busy);
        }

        if (!await tries.TakeAsync(SignInTries.Passwords, key, from.Network, device, ct))
        {
            return await RefuseAsync(SignInRefusal.TooMany, user, key, "Too many tries", ct);
        }

        // On a thread of its own: those of the pool are for requests, and there are few.
        var isRight = await Task.Factory.StartNew(
            () => IsRight(user is { PasswordHash: not null } && user.MayEnterAt(now) ? user : null, password),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (user is null || !isRight)
        {
            return await RefuseAsync(SignInRefusal.NotRight, user, key, "Email address and password do not belong together", ct);
        }

        await tries.ForgiveAsync(SignInTries.Passwords, key, from.Network, device, ct);
        return new(user, null);
    }

    private async Task<SignInCheck> RefuseAsync(SignInRefusal refusal, StaffUser? user, string key, string why, CancellationToken ct)
    {
        await history.RefusedAsync(user?.Id, key, why, ct);
        return new(null, refusal);
    }

    /// <summary>Hashes once, whoever it is.</summary>
    private bool IsRight(StaffUser? user, string password)
    {
        if (user is not { PasswordHash: { } hash })
        {
            Waste(password);
            return false;
        }

        return users.PasswordHasher.VerifyHashedPassword(user, hash, password) != PasswordVerificationResult.Failed;
    }

    private void Waste(string password)
    {
        var nobody = new StaffUser { Name = "", CreatedAt = default };
        NobodysHash ??= users.PasswordHasher.HashPassword(nobody, Guid.NewGuid().ToString());
        users.PasswordHasher.VerifyHashedPassword(nobody, NobodysHash, password);
    }
}
