using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace TrainingHub.Platform.Web;

/// <summary>
/// The secret under which a browser's typed text is kept, with who signed in there last. It is set at sign-in, outlives the session and
/// opens nothing by itself. No other site can make a browser send it.
/// </summary>
internal sealed class KeptCookie(IDataProtectionProvider protection, IHostEnvironment environment)
{
    private readonly IDataProtector protector = protection.CreateProtector("KeptCookie");

    private string Name => SiteCookies.Name("typed", environment);

    public KeptKey? From(HttpRequest request)
    {
        if (!request.Cookies.TryGetValue(Name, out var cookie))
        {
            return null;
        }

        try
        {
            return protector.Unprotect(cookie).Split(' ') is [var user, var secret] ? new(Guid.Parse(user), secret) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whoever is signed in: the same secret as before if it was they, else a new one, so that nobody finds what another typed.</summary>
    public KeptKey Of(HttpContext http, Guid staffUserId)
    {
        if (From(http.Request) is { } known && known.StaffUserId == staffUserId)
        {
            return known;
        }

        var key = new KeptKey(staffUserId, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
        var cookie = new CookieBuilder { SameSite = SameSiteMode.Strict, IsEssential = true };
        SiteCookies.Harden(cookie, "typed", environment);
        http.Response.Cookies.Append(Name, protector.Protect($"{key.StaffUserId:N} {key.Secret}"), cookie.Build(http));
        return key;
    }
}
