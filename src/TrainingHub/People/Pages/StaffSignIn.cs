using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;

namespace TrainingHub.People.Pages;

/// <summary>How every sign-in goes on and ends: to the second factor where one is due, else into a session, with its line in the history.</summary>
internal sealed partial class StaffSignIn(
    TrainingHubDb db, SignInManager<StaffUser> signIn, SignInStep step, ConnectStep connecting, ConnectWorkAccount connect, DeviceCookie device, SignInHistory history,
    IOptions<StaffOptions> options, IOptions<SingleSignOnOptions> signOn, IHostEnvironment environment, ILogger<StaffSignIn> logger)
{
    public const string CodePage = "/sign-in/code";
    public const string SetUpPage = "/sign-in/authenticator";

    /// <summary>
    /// After the right password. A one-time password, and one that is too short by now where no app is set up yet, lead to where another one is
    /// chosen and nowhere else; so nobody sets up an app with a password that is about to go.
    /// </summary>
    /// <returns>Where it goes on, an address of this site.</returns>
    public async Task<string> AfterPasswordAsync(HttpContext http, StaffUser user, bool hasShortPassword, string? returnUrl, CancellationToken ct)
    {
        if (await WhyNotAsync(http, user, ct) is { } refusal)
        {
            return WorkAccountUrls.RefusedFor(refusal, returnUrl);
        }

        var isOwn = user.OneTimePasswordUntil is null;
        var hasApp = isOwn && await db.StaffAuthenticators.AnyAsync(app => app.StaffUserId == user.Id, ct);
        var needsApp = isOwn && !hasApp && !hasShortPassword && (options.Value.RequiresSecondFactor(environment) || !signOn.Value.OffersPasswords);
        if (!hasApp && !needsApp)
        {
            return await CompleteAsync(http, user, "With a password alone", hasShortPassword, returnUrl, ct);
        }

        step.Set(http, user, hasShortPassword);
        return $"~{(hasApp ? CodePage : SetUpPage)}{(IsLocal(returnUrl) ? "?ReturnUrl=" + Uri.EscapeDataString(returnUrl!) : "")}";
    }

    /// <summary>Nothing more is asked: the session begins.</summary>
    /// <inheritdoc cref="AfterPasswordAsync"/>
    public async Task<string> CompleteAsync(HttpContext http, StaffUser user, string how, bool hasShortPassword, string? returnUrl, CancellationToken ct)
    {
        if (await WhyNotAsync(http, user, ct) is { } refusal)
        {
            return WorkAccountUrls.RefusedFor(refusal, returnUrl);
        }

        if (user.OneTimePasswordUntil is null && !hasShortPassword && await connecting.ReadAsync(http, ct) is { } waiting && waiting.User.Id == user.Id)
        {
            return await ConnectAsync(http, user, waiting.Subject, returnUrl, ct);
        }

        Claim[] claims = hasShortPassword ? [new(StaffIdentity.OneTimePasswordClaim, StaffIdentity.ShortPassword)] : [];
        await signIn.SignInWithClaimsAsync(user, isPersistent: false, claims);
        device.Set(http, user);
        step.Clear(http);
        await history.SignedInAsync(user, how, ct);
        LogSignedIn(user.Id);
        return IsLocal(returnUrl) ? returnUrl! : "~/staff";
    }

    /// <summary>The provider has named its person, and asked for whatever it wants: the session begins.</summary>
    /// <inheritdoc cref="AfterPasswordAsync"/>
    public async Task<string> CompleteByWorkAccountAsync(HttpContext http, StaffUser user, WorkAccountSession begun, string? returnUrl, CancellationToken ct)
    {
        var principal = await signIn.CreateUserPrincipalAsync(user);
        var identity = principal.Identities.First();
        // No password is asked for, so none has to be chosen.
        identity.FindAll(StaffIdentity.OneTimePasswordClaim).ToList().ForEach(identity.RemoveClaim);
        identity.AddClaim(new(StaffIdentity.WorkAccountClaim, "yes"));
        var properties = new AuthenticationProperties();
        properties.SetParameter(StaffTicketStore.WorkAccount, begun);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, principal, properties);
        step.Clear(http);
        await history.SignedInAsync(user, "With a work account", ct);
        LogSignedIn(user.Id);
        return IsLocal(returnUrl) ? returnUrl! : "~/staff";
    }

    // The present sign-in has shown whose account it is, and the one at the provider whose work account.
    private async Task<string> ConnectAsync(HttpContext http, StaffUser user, string subject, string? returnUrl, CancellationToken ct)
    {
        connecting.Clear(http);
        step.Clear(http);
        return await connect.RunAsync(user.Id, subject, ct) is { } refusal
            ? WorkAccountUrls.RefusedFor(refusal)
            : WorkAccountUrls.Connected(IsLocal(returnUrl) ? returnUrl : null);
    }

    // Only whoever knows the password hears it.
    private async Task<WorkAccountRefusal?> WhyNotAsync(HttpContext http, StaffUser user, CancellationToken ct)
    {
        WorkAccountRefusal? refusal = await signOn.Value.Connected(db, user.Id).AnyAsync(ct) ? WorkAccountRefusal.UseWorkAccount
            : signOn.Value.OffersPasswords || user.May(StaffRight.Accounts) || (await connecting.ReadAsync(http, ct))?.User.Id == user.Id ? null
            : WorkAccountRefusal.AdministratorsOnly;
        if (refusal is { } why)
        {
            await history.RefusedAsync(user.Id, user.Id.ToString(), $"Work account: {WorkAccountWords.InHistory(why)}", ct);
        }

        return refusal;
    }

    private static bool IsLocal(string? address) => RedirectHttpResult.IsLocalUrl(address);

    [LoggerMessage(Level = LogLevel.Information, Message = "Staff user {StaffUserId} signed in")]
    private partial void LogSignedIn(Guid staffUserId);
}
