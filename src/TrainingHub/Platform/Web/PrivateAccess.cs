using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;

namespace TrainingHub.Platform.Web;

/// <summary>
/// What a browser may see after it opened a private link: the token leaves the address at once, and a protected cookie, for this
/// browser session only, remembers what was opened, and for how long: no longer than the link. Each record has a cookie of its own, so
/// that links opened at the same time do not overwrite each other. Why, and where a limit is: decision 52.
/// </summary>
internal sealed class PrivateAccess(IDataProtectionProvider protection, IHostEnvironment environment, TimeProvider clock)
{
    /// <summary>Some 130 bytes each: with them the header stays below the 8 KB that many proxies accept.</summary>
    private const int MostCookies = 50;

    private const string Cookie = "access-";

    /// <summary>The address that a private link leads to first: only there is seen whether the browser keeps cookies.</summary>
    public const string OpenedPath = "/opened";

    /// <summary>Lets this browser in and leads to <paramref name="path"/>, or to the page that says which cookie is missing.</summary>
    /// <param name="context"></param>
    /// <param name="purpose">The link's.</param>
    /// <param name="subjectId">What it opens.</param>
    /// <param name="until">When the link expires.</param>
    /// <param name="path">An address of this site, without its base.</param>
    public LocalRedirectResult Open(HttpContext context, string purpose, Guid subjectId, DateTimeOffset until, string path)
    {
        Grant(context, purpose, subjectId, until);
        return new($"~{OpenedPath}{path}");
    }

    /// <inheritdoc cref="Open"/>
    public void Grant(HttpContext context, string purpose, Guid subjectId, DateTimeOffset until)
    {
        var name = CookieName(purpose, subjectId);
        // A browser sends the oldest first (RFC 6265, 5.4).
        var others = Names(context.Request).Where(held => held != name).ToList();
        foreach (var oldest in others.SkipLast(MostCookies - 1))
        {
            context.Response.Cookies.Delete(oldest, Options(context, oldest));
        }

        // An older link that is opened again does not shorten what a newer one gave.
        var longest = EndOf(context.Request.Cookies[name], purpose, subjectId) is { } held && held > until ? held : until;
        context.Response.Cookies.Append(name, KeyOf(purpose, subjectId, longest), Options(context, name));
    }

    public bool IsGranted(HttpContext context, string purpose, Guid subjectId) =>
        Opens(context.Request.Cookies[CookieName(purpose, subjectId)], purpose, subjectId);

    /// <summary>Whether this browser has opened anything, and so keeps cookies.</summary>
    public bool IsAnyGranted(HttpRequest request) => Names(request).Any();

    /// <summary>This browser shows nothing more of what any link opened, until one is opened again.</summary>
    public void Forget(HttpContext context)
    {
        foreach (var name in Names(context.Request))
        {
            context.Response.Cookies.Delete(name, Options(context, name));
        }
    }

    /// <summary>Opens the one record wherever it is sent from. A form that carries it needs no cookie, and nobody else can send it.</summary>
    public string KeyOf(string purpose, Guid subjectId, DateTimeOffset until)
    {
        var end = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(end, until.ToUnixTimeSeconds());
        return Base64Url.EncodeToString(Protector(purpose, subjectId).Protect(end));
    }

    public bool Opens(string? key, string purpose, Guid subjectId) => EndOf(key, purpose, subjectId) > clock.GetUtcNow();

    /// <returns>Until when the key opens the record; null when it never did.</returns>
    public DateTimeOffset? EndOf(string? key, string purpose, Guid subjectId)
    {
        if (string.IsNullOrEmpty(key) || !Base64Url.IsValid(key))
        {
            return null;
        }

        try
        {
            return Protector(purpose, subjectId).Unprotect(Base64Url.DecodeFromChars(key)) is { Length: sizeof(long) } end
                ? DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(end))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(string purpose, Guid subjectId) =>
        protection.CreateProtector(nameof(PrivateAccess), purpose, $"{subjectId:N}");

    private IEnumerable<string> Names(HttpRequest request) =>
        request.Cookies.Keys.Where(name => name.StartsWith(SiteCookies.Name(Cookie, environment), StringComparison.Ordinal));

    private string CookieName(string purpose, Guid subjectId) => SiteCookies.Name(
        Cookie + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}:{subjectId:N}")).AsSpan(0, 9)), environment);

    private CookieOptions Options(HttpContext context, string name)
    {
        var cookie = new CookieBuilder { SameSite = SameSiteMode.Lax, IsEssential = true };
        SiteCookies.Harden(cookie, name, environment);
        return cookie.Build(context);
    }
}
