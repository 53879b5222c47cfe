using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>
/// Remembers in this browser, for a quarter of an hour, which work account has just signed in whose address an account here has. Only the
/// sign-in of that account connects the two; it opens nothing by itself, and ends when the password changes.
/// </summary>
internal sealed class ConnectStep(TrainingHubDb db, IDataProtectionProvider protection, IHostEnvironment environment, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);
    private readonly IDataProtector protector = protection.CreateProtector("StaffConnectStep");

    private string Name => SiteCookies.Name("connect", environment);

    public void Set(HttpContext http, StaffUser user, string subject)
    {
        var until = (clock.Real().GetUtcNow() + Life).ToUnixTimeSeconds();
        http.Response.Cookies.Append(Name, protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{until} {user.Id:N} {user.SecurityStamp} {subject}")), Cookie().Build(http));
    }

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Cookie().Build(http));

    /// <returns>Whose account it would be, and the subject of the work account; null when none is waiting here.</returns>
    public async Task<(StaffUser User, string Subject)?> ReadAsync(HttpContext http, CancellationToken ct)
    {
        if (Held(http.Request) is not [var until, var id, var stamp, var subject]
            || long.Parse(until, CultureInfo.InvariantCulture) <= clock.Real().GetUtcNow().ToUnixTimeSeconds())
        {
            return null;
        }

        var whose = Guid.Parse(id);
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(one => one.Id == whose, ct) is { ClosedAt: null } user && user.SecurityStamp == stamp ? (user, subject) : null;
    }

    private string[]? Held(HttpRequest request)
    {
        try
        {
            return request.Cookies[Name] is { } held ? protector.Unprotect(held).Split(' ', 4) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private CookieBuilder Cookie()
    {
        var cookie = new CookieBuilder { IsEssential = true, MaxAge = Life };
        SiteCookies.Harden(cookie, "connect", environment);
        // It is set while the provider leads back here.
        cookie.SameSite = SameSiteMode.Lax;
        return cookie;
    }
}
