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
        app.MapMethods(BrandColours.Path, Reading, (HttpResponse response, IOptions<SiteOptions> site) => site.Value.Colours is { } colours
            ? Kept(response, Results.Text(colours.Css, "text/css"), colours.Address)
            : Results.NotFound()).AllowAnonymous();
        app.MapMethods(BrandColours.PreviewPath, Reading, (string? brand, string? action) => Results.Text(Preview(brand, action), "text/css"))
            .RequireAuthorization(StaffArea.Policy).RequireAuthorization(new ForStaffAttribute(StaffRight.Settings));
        app.MapMethods(LogoPicture.Path, Reading, (HttpResponse response, IOptions<SiteOptions> site) => site.Value.LogoPicture is { } logo
            ? Kept(response, Results.Bytes(logo.Bytes, logo.MediaType), logo.Address)
            : Results.NotFound()).AllowAnonymous();
        app.MapMethods(LogoPicture.PreviewPath, Reading, PreviewLogoAsync)
            .RequireAuthorization(StaffArea.Policy).RequireAuthorization(new ForStaffAttribute(StaffRight.Settings));
        app.MapMethods(
            "/.well-known/security.txt", Reading,
            (IOptions<SiteOptions> site, TimeProvider clock) => Results.Text(Security(site.Value, clock.GetUtcNow()))).AllowAnonymous();
    }

    private static async Task<IResult> PreviewLogoAsync(HttpResponse response, TrainingHubDb db, CancellationToken ct)
    {
        response.Headers.CacheControl = "no-store";
        return await LogoDraft.ReadAsync(db, ct) is { } logo ? Results.Bytes(logo.Bytes, logo.MediaType) : Results.NotFound();
    }

    private static string Preview(string? brand, string? action) =>
        BrandColours.Of(Colour(brand), Colour(action))?.CssOf(".app-preview") ?? "";

    private static string? Colour(string? text) => text is not null && BrandColours.IsColour(text) ? text : null;

    // Its address changes with it, so a browser need not ask again; an old address is answered with what there is now, for a minute.
    private static IResult Kept(HttpResponse response, IResult file, string address)
    {
        response.Headers.CacheControl = address.EndsWith(response.HttpContext.Request.QueryString.Value ?? "", StringComparison.Ordinal) && response.HttpContext.Request.QueryString.HasValue
            ? "public, max-age=31536000, immutable"
            : "public, max-age=60";
        return file;
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
