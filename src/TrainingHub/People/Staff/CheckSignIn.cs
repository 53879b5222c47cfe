using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

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
/// was right, so that of many tries at once no more than the bound are looked at, on all nodes together. Failures count for the
/// account and for the network; from a browser that the account's owner has used before they count for that browser alone, so that
/// a stranger's tries never shut the owner out. Accounts that do not exist are counted and hashed alike: neither words nor time tell
/// which exist (OWASP ASVS 5.0, 6.3.1 and 6.3.8).
/// </summary>
internal sealed class CheckSignIn(TrainingHubDb db, UserManager<StaffUser> users, Tries tries, PasswordQueue queue, TimeProvider clock)
{
    public static readonly TryBound ToAccount = new("sign-in-account", Most: 10, TimeSpan.FromMinutes(15));
    public static readonly TryBound FromNetwork = new("sign-in-network", Most: 100, TimeSpan.FromMinutes(15));
    private static readonly TryBound FromDevice = new("sign-in-device", Most: 10, TimeSpan.FromMinutes(15));

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

        if (!await CountAsync(key, from.Network, device, ct))
        {
            return new(null, SignInRefusal.TooMany);
        }

        // On a thread of its own: those of the pool are for requests, and there are few.
        var isRight = await Task.Factory.StartNew(
            () => IsRight(user is { PasswordHash: not null } && user.MayEnterAt(now) ? user : null, password),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (user is null || !isRight)
        {
            return new(null, SignInRefusal.NotRight);
        }

        await ForgiveAsync(key, from.Network, device, ct);
        return new(user, null);
    }

    private async Task<bool> CountAsync(string account, string network, KnownDevice? device, CancellationToken ct) => device is null
        ? await tries.TakeAsync(FromNetwork, network, ct) is null && await tries.TakeAsync(ToAccount, account, ct) is null
        : await tries.TakeAsync(FromDevice, device.Id.ToString(), ct) is null;

    private async Task ForgiveAsync(string account, string network, KnownDevice? device, CancellationToken ct)
    {
        if (device is not null)
        {
            await tries.ForgetAsync(FromDevice, device.Id.ToString(), ct);
            return;
        }

        await tries.GiveBackAsync(FromNetwork, network, ct);
        await tries.ForgetAsync(ToAccount, account, ct);
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
