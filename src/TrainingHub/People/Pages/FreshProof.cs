using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>
/// Whether the person at this browser has proved within the last ten minutes who they are: by signing in, or by a code since then. Asked for
/// before what would let a stranger at an open desk stay (OWASP ASVS 5.0, 7.5.1). The proof holds for this session alone.
/// </summary>
internal sealed class FreshProof(
    TrainingHubDb db, IDataProtectionProvider protection, IHostEnvironment environment, IOptions<StaffOptions> options, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly IDataProtector protector = protection.CreateProtector("StaffFreshProof");

    private string Name => SiteCookies.Name("fresh", environment);

    /// <returns>Null when there is one; else to the page that asks for it and leads back.</returns>
    public async Task<LocalRedirectResult?> AskAsync(HttpContext http, CancellationToken ct)
    {
        var (began, now) = (await BeganAsync(http), clock.Real().GetUtcNow());
        return now < began + Life || now < UntilOf(http, began) || !await HasWhatCouldBeAskedAsync(http.User.StaffId(), ct)
            ? null
            : new($"~/staff/account/confirm?ReturnUrl={Uri.EscapeDataString(http.Request.PathBase + http.Request.Path)}");
    }

    public async Task SetAsync(HttpContext http)
    {
        var (until, session) = ((clock.Real().GetUtcNow() + Life).ToUnixTimeSeconds(), SessionOf(http, await BeganAsync(http)));
        var text = string.Create(CultureInfo.InvariantCulture, $"{until} {session}");
        var cookie = new CookieBuilder { SameSite = SameSiteMode.Strict, IsEssential = true, MaxAge = Life };
        SiteCookies.Harden(cookie, "fresh", environment);
        http.Response.Cookies.Append(Name, protector.Protect(text), cookie.Build(http));
    }

    // Where no second factor is required, whoever has none can prove no more than by having signed in.
    private async Task<bool> HasWhatCouldBeAskedAsync(Guid user, CancellationToken ct) =>
        options.Value.RequiresSecondFactor(environment) || await db.StaffAuthenticators.AnyAsync(app => app.StaffUserId == user, ct);

    private static async Task<DateTimeOffset> BeganAsync(HttpContext http) =>
        (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties?.IssuedUtc ?? default;

    private static string SessionOf(HttpContext http, DateTimeOffset began) =>
        string.Create(CultureInfo.InvariantCulture, $"{http.User.StaffId():N} {began.ToUnixTimeSeconds()}");

    private DateTimeOffset UntilOf(HttpContext http, DateTimeOffset began)
    {
        try
        {
            return http.Request.Cookies[Name] is { } held && protector.Unprotect(held).Split(' ', 2) is [var until, var session] && session == SessionOf(http, began)
                ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(until, CultureInfo.InvariantCulture))
                : default;
        }
        catch (CryptographicException)
        {
            return default;
        }
    }
}
