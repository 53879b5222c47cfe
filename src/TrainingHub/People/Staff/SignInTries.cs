using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>How often something is tried for one account: by strangers together, and from one browser that its owner has used before.</summary>
internal sealed record SignInBounds(TryBound ToAccount, TryBound FromDevice);

/// <summary>
/// Counts tries to sign in. Each counts for the account and for the network; from a browser that the account's owner has used before it
/// counts for that browser alone, so that a stranger's tries never shut the owner out.
/// </summary>
internal sealed class SignInTries(Tries tries)
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    public static readonly SignInBounds Passwords = new(new("sign-in-account", Most: 10, Quarter), new("sign-in-device", Most: 10, Quarter));
    public static readonly SignInBounds Codes = new(new("sign-in-code", Most: 10, Quarter), new("sign-in-code-device", Most: 10, Quarter));
    public static readonly TryBound FromNetwork = new("sign-in-network", Most: 100, Quarter);

    /// <returns>Whether it may be looked at.</returns>
    /// <param name="bounds">Of what is tried.</param>
    /// <param name="account">Whose it would be.</param>
    /// <param name="network">Where it comes from.</param>
    /// <param name="device">The owner's browser, if it is one.</param>
    /// <param name="ct">To stop.</param>
    public async Task<bool> TakeAsync(SignInBounds bounds, string account, string network, KnownDevice? device, CancellationToken ct) => device is null
        ? await tries.TakeAsync(FromNetwork, network, ct) is null && await tries.TakeAsync(bounds.ToAccount, account, ct) is null
        : await tries.TakeAsync(bounds.FromDevice, device.Id.ToString(), ct) is null;

    /// <summary>It was right.</summary>
    public async Task ForgiveAsync(SignInBounds bounds, string account, string network, KnownDevice? device, CancellationToken ct)
    {
        if (device is not null)
        {
            await tries.ForgetAsync(bounds.FromDevice, device.Id.ToString(), ct);
            return;
        }

        await tries.GiveBackAsync(FromNetwork, network, ct);
        await tries.ForgetAsync(bounds.ToAccount, account, ct);
    }

    /// <summary>Whoever was shut out may try again at once: the account has a new password.</summary>
    public async Task StartAnewAsync(string account, CancellationToken ct)
    {
        await tries.ForgetAsync(Passwords.ToAccount, account, ct);
        await tries.ForgetAsync(Codes.ToAccount, account, ct);
    }
}
