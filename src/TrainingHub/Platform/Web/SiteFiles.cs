using System.Globalization;
using Microsoft.Extensions.Options;

namespace TrainingHub.Platform.Web;

/// <summary>Small text files that tell machines about the site: <c>robots.txt</c> and <c>security.txt</c> (RFC 9116).</summary>
internal static class SiteFiles
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapSiteFiles(this WebApplication app)
    {
        app.MapMethods("/robots.txt", Reading, (IOptions<SiteOptions> site) => Results.Text(Robots(site.Value))).AllowAnonymous();
        app.MapMethods(
            "/.well-known/security.txt", Reading,
            (IOptions<SiteOptions> site, TimeProvider clock) => Results.Text(Security(site.Value, clock.GetUtcNow()))).AllowAnonymous();
    }

    // Private links are not for machines. Behind them, where a survey is, there is nothing without the link.
    private static string Robots(SiteOptions site) =>
        "User-agent: *\n"
        + string.Concat(PrivatePaths.All.Select(path => $"Disallow: {site.PublicUrl.AbsolutePath.TrimEnd('/')}{path}\n"))
        + $"Allow: {site.PublicUrl.AbsolutePath.TrimEnd('/')}/survey/answer/\n"
        + $"\nSitemap: {site.Absolute("/sitemap.xml")}\n";

    /// <summary>Expires six months on, as RFC 9116 wants less than a year; computed, so that it never lies forgotten.</summary>
    private static string Security(SiteOptions site, DateTimeOffset now)
    {
        var expires = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddMonths(6);
        return $"Contact: mailto:{site.SecurityEmail}\n"
            + $"Expires: {expires.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\n"
            + "Preferred-Languages: en\n"
            + $"Canonical: {site.Absolute("/.well-known/security.txt")}\n";
    }
}
