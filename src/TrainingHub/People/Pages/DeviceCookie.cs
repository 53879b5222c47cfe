using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>Marks a browser from which a member of staff has signed in, for half a year. It opens nothing: a password is still asked.</summary>
internal sealed class DeviceCookie(IDataProtectionProvider protection, IHostEnvironment environment)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(180);
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("StaffDevice").ToTimeLimitedDataProtector();

    private string Name => SiteCookies.Name("device", environment);

    public SignInFrom From(HttpContext http) => new(RateLimits.BucketOf(http.Connection.RemoteIpAddress), Read(http.Request));

    public void Set(HttpContext http, StaffUser user)
    {
        var cookie = new CookieBuilder { SameSite = SameSiteMode.Strict, IsEssential = true, MaxAge = Life };
        SiteCookies.Harden(cookie, "device", environment);
        http.Response.Cookies.Append(Name, protector.Protect($"{Guid.NewGuid():N} {user.Id:N} {user.SecurityStamp}", Life), cookie.Build(http));
    }

    private KnownDevice? Read(HttpRequest request)
    {
        if (!request.Cookies.TryGetValue(Name, out var cookie))
        {
            return null;
        }

        try
        {
            return protector.Unprotect(cookie).Split(' ', 3) is [var id, var user, var stamp] ? new(Guid.Parse(id), Guid.Parse(user), stamp) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
