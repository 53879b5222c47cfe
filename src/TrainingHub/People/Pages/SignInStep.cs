using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>Who has given the right password and is asked for the second factor now.</summary>
/// <param name="User">Whose password it was.</param>
/// <param name="HasShortPassword">It is shorter than is accepted today.</param>
internal sealed record PasswordGiven(StaffUser User, bool HasShortPassword);

/// <summary>
/// Remembers in this browser, for ten minutes, that the password was right. It opens nothing but the pages that ask for the second factor, and
/// ends when the password changes.
/// </summary>
internal sealed class SignInStep(TrainingHubDb db, IDataProtectionProvider protection, IHostEnvironment environment, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly IDataProtector protector = protection.CreateProtector("StaffSignInStep");

    private string Name => SiteCookies.Name("sign-in", environment);

    public void Set(HttpContext http, StaffUser user, bool hasShortPassword)
    {
        var until = (clock.Real().GetUtcNow() + Life).ToUnixTimeSeconds();
        var text = string.Create(CultureInfo.InvariantCulture, $"{until} {user.Id:N} {(hasShortPassword ? 1 : 0)} {user.SecurityStamp}");
        http.Response.Cookies.Append(Name, protector.Protect(text), Cookie().Build(http));
    }

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Cookie().Build(http));

    /// <returns>Null when no right password was given here within the last ten minutes.</returns>
    public async Task<PasswordGiven?> ReadAsync(HttpContext http, CancellationToken ct)
    {
        if (Held(http.Request) is not [var until, var id, var isShort, var stamp]
            || long.Parse(until, CultureInfo.InvariantCulture) <= clock.Real().GetUtcNow().ToUnixTimeSeconds())
        {
            return null;
        }

        var whose = Guid.Parse(id);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(one => one.Id == whose, ct);
        return user is not null && user.SecurityStamp == stamp && user.MayEnterAt(clock.GetUtcNow()) ? new(user, isShort == "1") : null;
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
        var cookie = new CookieBuilder { SameSite = SameSiteMode.Strict, IsEssential = true, MaxAge = Life };
        SiteCookies.Harden(cookie, "sign-in", environment);
        return cookie;
    }
}
