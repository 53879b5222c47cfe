using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue;

/// <summary>Public pages for search engines (sitemaps.org 0.9): the standing ones, courses that are offered, and coming dates.</summary>
internal static class Sitemap
{
    /// <summary>The protocol's limit of addresses in one file.</summary>
    private const int MostAddresses = 50_000;
    private static readonly XNamespace Name = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly string[] Standing = ["/", CatalogueUrls.Courses, CatalogueUrls.Events, CatalogueUrls.Resources, CatalogueUrls.Offer, "/free-places", "/contact", "/accessibility", "/privacy", "/cookies", "/terms"];

    public static async Task<string> WriteAsync(TrainingHubDb db, DateTimeOffset now, Func<string, string> absolute, CancellationToken ct)
    {
        var courses = await db.Courses.AsNoTracking().Where(Course.IsPublic)
            .Where(course => course.OfferOrder != null || DateLines.Coming(db, now).Any(run => run.CourseId == course.Id)).OrderBy(course => course.Slug).Select(course => course.Slug).Take(MostAddresses / 2).ToListAsync(ct);
        var modules = db.Courses.Where(Course.IsPublic).Where(course => course.ProgrammeId != null);
        var programmes = await db.Programmes.AsNoTracking().Where(programme => programme.ArchivedAt == null && modules.Any(module => module.ProgrammeId == programme.Id))
            .OrderBy(programme => programme.Slug).Select(programme => programme.Slug).Take(MostAddresses / 10).ToListAsync(ct);
        var dates = await DateLines.Public(db, now).AsNoTracking()
            .OrderBy(run => run.StartsAt).ThenBy(run => run.Id).Select(run => run.Id).Take((MostAddresses / 2) - (MostAddresses / 10) - Standing.Length).ToListAsync(ct);
        var paths = Standing.Concat(courses.Select(CatalogueUrls.Course)).Concat(programmes.Select(CatalogueUrls.Programme)).Concat(dates.Select(CatalogueUrls.Date));
        var map = new XElement(Name + "urlset", paths.Select(path => new XElement(Name + "url", new XElement(Name + "loc", absolute(path)))));
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + map;
    }
}
