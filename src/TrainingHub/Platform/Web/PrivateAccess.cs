using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;

namespace TrainingHub.Platform.Web;

/// <summary>
/// What a browser may see after it opened a private link: the token leaves the address at once, and a protected cookie, for this
/// browser session only, remembers what was opened. Each record has a cookie of its own, so that links opened at the same time do not
/// overwrite each other. Why, and where a limit is: decision 52.
/// </summary>
internal sealed class PrivateAccess(IDataProtectionProvider protection)
{
    /// <summary>Some 120 bytes each: with them the header stays below the 8 KB that many proxies accept.</summary>
    private const int MostCookies = 50;

    /// <summary>The address that a private link leads to first: only there is seen whether the browser keeps cookies.</summary>
    public const string OpenedPath = "/opened";

    /// <summary>Lets this browser in and leads to <paramref name="path"/>, or to the page that says which cookie is missing.</summary>
    /// <param name="path">An address of this site, without its base.</param>
    public LocalRedirectResult Open(HttpContext context, string purpose, Guid subjectId, string path)
    {
        Grant(context, purpose, subjectId);
        return new($"~{OpenedPath}{path}");
    }

    public void Grant(HttpContext context, string purpose, Guid subjectId)
    {
        var name = CookieName(context.Request, purpose, subjectId);
        // A browser sends the oldest first (RFC 6265, 5.4).
        var others = Names(context.Request).Where(held => held != name).ToList();
        foreach (var oldest in others.SkipLast(MostCookies - 1))
        {
            context.Response.Cookies.Delete(oldest, Options(context.Request));
        }

        context.Response.Cookies.Append(name, KeyOf(purpose, subjectId), Options(context.Request));
    }

    public bool IsGranted(HttpContext context, string purpose, Guid subjectId) =>
        Opens(context.Request.Cookies[CookieName(context.Request, purpose, subjectId)], purpose, subjectId);

    /// <summary>Whether this browser has opened anything, and so keeps cookies.</summary>
    public static bool IsAnyGranted(HttpRequest request) => Names(request).Any();

    /// <summary>Opens the one record wherever it is sent from. A form that carries it needs no cookie, and nobody else can send it.</summary>
    public string KeyOf(string purpose, Guid subjectId) =>
        Base64Url.EncodeToString(Protector(purpose, subjectId).Protect([]));

    public bool Opens(string? key, string purpose, Guid subjectId)
    {
        if (string.IsNullOrEmpty(key) || !Base64Url.IsValid(key))
        {
            return false;
        }

        try
        {
            return Protector(purpose, subjectId).Unprotect(Base64Url.DecodeFromChars(key)).Length == 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private IDataProtector Protector(string purpose, Guid subjectId) =>
        protection.CreateProtector(nameof(PrivateAccess), purpose, $"{subjectId:N}");

    private static IEnumerable<string> Names(HttpRequest request) =>
        request.Cookies.Keys.Where(name => name.StartsWith(Prefix(request), StringComparison.Ordinal));

    private static string CookieName(HttpRequest request, string purpose, Guid subjectId) =>
        Prefix(request) + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}:{subjectId:N}")).AsSpan(0, 9));

    // The __Host- prefix needs Secure; only the demonstration runs without TLS.
    private static string Prefix(HttpRequest request) => request.IsHttps ? "__Host-access-" : "access-";

    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };
}
