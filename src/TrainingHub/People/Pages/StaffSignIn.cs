using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace TrainingHub.People.Pages;

/// <summary>How every sign-in goes on and ends: to the second factor where one is due, else into a session, with its line in the history.</summary>
internal sealed partial class StaffSignIn(
    TrainingHubDb db, SignInManager<StaffUser> signIn, SignInStep step, DeviceCookie device, SignInHistory history,
    IOptions<StaffOptions> options, IHostEnvironment environment, ILogger<StaffSignIn> logger)
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
        var isOwn = user.OneTimePasswordUntil is null;
        var hasApp = isOwn && await db.StaffAuthenticators.AnyAsync(app => app.StaffUserId == user.Id, ct);
        var needsApp = isOwn && !hasApp && !hasShortPassword && options.Value.RequiresSecondFactor(environment);
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
        Claim[] claims = hasShortPassword ? [new(StaffIdentity.OneTimePasswordClaim, StaffIdentity.ShortPassword)] : [];
        await signIn.SignInWithClaimsAsync(user, isPersistent: false, claims);
        device.Set(http, user);
        step.Clear(http);
        await history.SignedInAsync(user, how, ct);
        LogSignedIn(user.Id);
        return IsLocal(returnUrl) ? returnUrl! : "~/staff";
    }

    private static bool IsLocal(string? address) => RedirectHttpResult.IsLocalUrl(address);

    [LoggerMessage(Level = LogLevel.Information, Message = "Staff user {StaffUserId} signed in")]
    private partial void LogSignedIn(Guid staffUserId);
}
