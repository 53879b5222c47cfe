using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace TrainingHub.Platform.Web;

/// <summary>
/// What a browser may see after it opened a private link: the token leaves the address at once, and this cookie, protected and
/// for this browser session only, remembers what it opened, and for how long: no longer than the link. Holds the last twelve grants.
/// </summary>
internal sealed class PrivateAccess(IDataProtectionProvider protection, IHostEnvironment environment, TimeProvider clock)
{
    private const int MaxGrants = 12;
    private const string Cookie = "access";
    private readonly IDataProtector protector = protection.CreateProtector("PrivateAccess");

    /// <param name="context"></param>
    /// <param name="purpose">The link's.</param>
    /// <param name="subjectId">What it opens.</param>
    /// <param name="until">When the link expires.</param>
    public void Grant(HttpContext context, string purpose, Guid subjectId, DateTimeOffset until)
    {
        var held = Read(context.Request);
        // An older link that is opened again does not shorten what a newer one gave.
        var longest = held.Where(grant => grant.Subject == Subject(purpose, subjectId)).Select(grant => grant.Until).Append(until.ToUnixTimeSeconds()).Max();
        var grants = held.Where(grant => grant.Subject != Subject(purpose, subjectId)).Prepend(new(Subject(purpose, subjectId), longest)).Take(MaxGrants);
        var text = string.Join(' ', grants.Select(grant => string.Create(CultureInfo.InvariantCulture, $"{grant.Subject}:{grant.Until}")));
        context.Response.Cookies.Append(Name, protector.Protect(text), Options(context));
    }

    public bool IsGranted(HttpContext context, string purpose, Guid subjectId)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return Read(context.Request).Exists(grant => grant.Subject == Subject(purpose, subjectId) && grant.Until > now);
    }

    /// <summary>This browser shows nothing more of what any link opened, until one is opened again.</summary>
    public void Forget(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    private sealed record Held(string Subject, long Until);

    private string Name => SiteCookies.Name(Cookie, environment);

    private CookieOptions Options(HttpContext context)
    {
        var cookie = new CookieBuilder { SameSite = SameSiteMode.Lax, IsEssential = true };
        SiteCookies.Harden(cookie, Cookie, environment);
        return cookie.Build(context);
    }

    private List<Held> Read(HttpRequest request)
    {
        if (!request.Cookies.TryGetValue(Name, out var cookie))
        {
            return [];
        }

        try
        {
            return [.. protector.Unprotect(cookie).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parsed).OfType<Held>()];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    // One of before they had an end does not count: its link opens it again.
    private static Held? Parsed(string grant) =>
        grant.Split(':') is [var purpose, var subject, var until] && long.TryParse(until, CultureInfo.InvariantCulture, out var seconds)
            ? new($"{purpose}:{subject}", seconds)
            : null;

    private static string Subject(string purpose, Guid subjectId) => $"{purpose}:{subjectId:N}";
}
