using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>
/// What the browser is asked to sign, and whether it did. The challenge travels through the page, sealed, for five minutes; the first answer uses
/// it up, on all nodes, so a copied one is refused. A passkey is taken only with its owner verified (finger, face or PIN), so it is both factors.
/// </summary>
internal sealed class Passkeys(
    IPasskeyHandler<StaffUser> handler, UserManager<StaffUser> users, IPersonalDataProtector secrets, Tries tries, SignInHistory history,
    IOptions<SiteOptions> site, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private static readonly TryBound Once = new("passkey-challenge", Most: 1, TimeSpan.FromHours(1));

    /// <summary>Browsers make passkeys for a name, not for a number such as 127.0.0.1.</summary>
    public bool AreOffered => site.Value.PublicUrl.HostNameType == UriHostNameType.Dns;

    /// <summary>For whoever has a passkey here: no account is named, so nobody learns which there are.</summary>
    public async Task<ContentResult> AskForOneAsync(HttpContext http)
    {
        var asked = await handler.MakeRequestOptionsAsync(user: null, http);
        return Answer(asked.RequestOptionsJson, asked.AssertionState);
    }

    public async Task<ContentResult> AskForNewAsync(StaffUser user, HttpContext http)
    {
        var asked = await handler.MakeCreationOptionsAsync(
            new() { Id = user.Id.ToString(), Name = user.Email ?? "", DisplayName = user.Name }, http);
        return Answer(asked.CreationOptionsJson, asked.AttestationState);
    }

    /// <returns>Whose passkey it is; null when it is not accepted, which stands in the history then.</returns>
    public async Task<StaffUser?> SignInAsync(HttpContext http, string? credential, string? challenge, string network, CancellationToken ct)
    {
        if (await tries.TakeAsync(SignInTries.FromNetwork, network, ct) is not null)
        {
            await history.RefusedAsync(user: null, network, "Too many tries", ct);
            return null;
        }

        var state = await UseAsync(challenge, ct);
        var result = state is null || credential is null
            ? null
            : await handler.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (result is not { Succeeded: true, User: { } user, Passkey: { } passkey } || !user.MayEnterAt(clock.GetUtcNow()))
        {
            await history.RefusedAsync(result?.User?.Id, network, "Passkey not accepted", ct);
            return null;
        }

        // With how often it was used, by which a copy gives itself away.
        await users.AddOrUpdatePasskeyAsync(user, passkey);
        await tries.GiveBackAsync(SignInTries.FromNetwork, network, ct);
        return user;
    }

    /// <returns>The new passkey; null when it is not accepted.</returns>
    public async Task<UserPasskeyInfo?> ReadNewAsync(HttpContext http, Guid user, string? credential, string? challenge, CancellationToken ct)
    {
        if (await UseAsync(challenge, ct) is not { } state || credential is null)
        {
            return null;
        }

        var result = await handler.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = credential, AttestationState = state });
        return result is { Succeeded: true, UserEntity: { } owner, Passkey: { IsUserVerified: true } passkey } && owner.Id == user.ToString() ? passkey : null;
    }

    // Sealed until when, and what the handler wants back.
    private ContentResult Answer(string options, string? state)
    {
        var until = (clock.Real().GetUtcNow() + Life).ToUnixTimeSeconds();
        var challenge = secrets.Protect(string.Create(CultureInfo.InvariantCulture, $"{until} {state}"));
        return new() { Content = $$"""{"options":{{options}},"challenge":{{JsonSerializer.Serialize(challenge, JsonSerializerOptions.Default)}}}""", ContentType = "application/json" };
    }

    private async Task<string?> UseAsync(string? challenge, CancellationToken ct)
    {
        try
        {
            return secrets.Unprotect(challenge)?.Split(' ', 2) is [var until, var state]
                && long.Parse(until, CultureInfo.InvariantCulture) > clock.Real().GetUtcNow().ToUnixTimeSeconds()
                && await tries.TakeAsync(Once, state, ct) is null
                ? state
                : null;
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
