using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Calendar;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages;

/// <summary>What is read by programs: calendars, feeds, the map for search engines and the JSON interface. All public, all read-only.</summary>
internal static class CatalogueEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapCatalogueEndpoints(this WebApplication app)
    {
        var group = app.MapGroup("").AllowAnonymous().CacheOutput(PublicPages.Policy);
        group.MapMethods(CatalogueUrls.Calendar, Reading, (TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site, CancellationToken ct) =>
            CalendarAsync(db, null, clock, site, ct));
        group.MapMethods("/courses/{slug}.ics", Reading, (string slug, TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site, CancellationToken ct) =>
            CalendarAsync(db, slug, clock, site, ct));
        group.MapMethods(CatalogueUrls.NewsFeed, Reading, async (TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site, CancellationToken ct) =>
            Results.Text(await AtomFeed.WriteAsync(db, site.Value.Name, clock.GetUtcNow(), site.Value.Absolute, ct), "application/atom+xml"));
        group.MapMethods("/sitemap.xml", Reading, async (TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site, CancellationToken ct) =>
            Results.Text(await Sitemap.WriteAsync(db, clock.GetUtcNow(), site.Value.Absolute, ct), "application/xml"));
        group.MapMethods($"{CatalogueUrls.Offer}.xlsx", Reading, (TrainingHubDb db, PageCache cache, TimeProvider clock, IOptions<SiteOptions> site, CancellationToken ct) =>
            OfferAsync(db, cache, clock, year: null, site, ct));
        group.MapMethods($"{CatalogueUrls.Offer}/{{year}}.xlsx", Reading, (string year, TrainingHubDb db, PageCache cache, TimeProvider clock, IOptions<SiteOptions> site, CancellationToken ct) =>
            FinancialYear.Parse(year) is { } asked ? OfferAsync(db, cache, clock, asked, site, ct) : Task.FromResult(Results.NotFound()));
        group.MapMethods("/openapi/v1.json", Reading, () => Results.Stream(SeedFile.Open("Catalogue.Seed.openapi.json"), "application/json"));
        group.MapMethods("/api/v1/courses", Reading, CoursesAsync);
        group.MapMethods("/api/v1/dates", Reading, DatesAsync);
    }

    private static async Task<IResult> CalendarAsync(TrainingHubDb db, string? slug, TimeProvider clock, IOptions<SiteOptions> site, CancellationToken ct) =>
        await CalendarFeeds.WriteAsync(db, slug, clock.GetUtcNow(), site.Value.Absolute, ct) is { } file
            ? Results.Text(file, CalendarFile.ContentType)
            : Results.NotFound();

    private static async Task<IResult> OfferAsync(
        TrainingHubDb db, PageCache cache, TimeProvider clock, FinancialYear? year, IOptions<SiteOptions> site, CancellationToken ct) =>
        await PrintedOffer.ReadAsync(db, cache, clock, year, ct) is { } offer
            ? Results.File(await OfferWorkbook.WriteAsync(offer, clock.GetUtcNow(), site.Value.Absolute, ct), WorkbookWriter.ContentType, OfferWorkbook.NameOf(offer))
            : Results.NotFound();

    private static async Task<IResult> CoursesAsync(HttpRequest request, TrainingHubDb db, IOptions<SiteOptions> site, CancellationToken ct) =>
        PageOf(request) is { } page
            ? Results.Ok(await CatalogueApi.CoursesAsync(db, page, site.Value.Absolute, ct))
            : Wrong("page", "Give a whole number from 1");

    private static async Task<IResult> DatesAsync(
        HttpRequest request, CatalogueSearch search, PageCache cache, TimeProvider clock, IOptions<SiteOptions> site, CancellationToken ct)
    {
        if (PageOf(request) is not { } page)
        {
            return Wrong("page", "Give a whole number from 1");
        }

        var asked = CatalogueQuery.Read(name => request.Query[name], (await CatalogueSnapshot.ReadAsync(cache, clock)).Choices);
        if (asked.Errors.Count > 0)
        {
            return Results.ValidationProblem(asked.Errors.ToDictionary(error => error.Key, error => new[] { error.Value }));
        }

        var query = CatalogueQuery.Parameters.Select(name => KeyValuePair.Create(name, request.Query[name].FirstOrDefault())).ToList();
        return Results.Ok(await CatalogueApi.DatesAsync(search, asked.Filter, query, page, site.Value.Absolute, clock.GetUtcNow(), ct));
    }

    private static int? PageOf(HttpRequest request)
    {
        var text = request.Query[CatalogueQuery.Page].ToString();
        return text == "" ? 1 : int.TryParse(text, out var page) && page is >= 1 and <= 100_000 ? page : null;
    }

    private static IResult Wrong(string name, string message) => Results.ValidationProblem(new Dictionary<string, string[]> { [name] = [message] });
}
