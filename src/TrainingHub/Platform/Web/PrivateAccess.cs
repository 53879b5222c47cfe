using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace TrainingHub.Platform.Web;

/// <summary>
/// What a browser may see after it opened a private link: the token leaves the address at once, and this cookie, protected and
/// for this browser session only, remembers what it opened. Holds the last twelve grants.
/// </summary>
internal sealed class PrivateAccess(IDataProtectionProvider protection)
{
    private const int MaxGrants = 12;
    private readonly IDataProtector protector = protection.CreateProtector("PrivateAccess");

    public void Grant(HttpContext context, string purpose, Guid subjectId)
    {
        var grant = Written(purpose, subjectId);
        var grants = Read(context.Request).Where(held => held != grant).Prepend(grant).Take(MaxGrants);
        context.Response.Cookies.Append(CookieName(context.Request), protector.Protect(string.Join(' ', grants)), new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
        });
    }

    public bool IsGranted(HttpContext context, string purpose, Guid subjectId) =>
        Read(context.Request).Contains(Written(purpose, subjectId));

    private List<string> Read(HttpRequest request)
    {
        if (!request.Cookies.TryGetValue(CookieName(request), out var cookie))
        {
            return [];
        }

        try
        {
            return [.. protector.Unprotect(cookie).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private static string Written(string purpose, Guid subjectId) => $"{purpose}:{subjectId:N}";

    // The __Host- prefix needs Secure; only the demonstration runs without TLS.
    private static string CookieName(HttpRequest request) => request.IsHttps ? "__Host-access" : "access";
}
