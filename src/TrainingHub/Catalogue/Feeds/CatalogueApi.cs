using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue;

internal sealed record ApiCourse(
    string Slug,
    string Title,
    string Summary,
    string Audience,
    string? Level,
    string? Tag,
    string? Length,
    bool IsNew,
    bool IsOffered,
    IReadOnlyList<string> OtherTitles,
    string Url);

/// <param name="Id">The same for as long as the date exists.</param>
/// <param name="Course">The slug of its course.</param>
/// <param name="CourseTitle">As people read it.</param>
/// <param name="StartsAt">UTC.</param>
/// <param name="EndsAt">UTC.</param>
/// <param name="Slot">weekday, saturday, sunday or twilight.</param>
/// <param name="Delivery">online or in-person.</param>
/// <param name="Venue">Null when online or not known.</param>
/// <param name="Area">Null when not known.</param>
/// <param name="Capacity">All places.</param>
/// <param name="PlacesLeft">For anybody, at the moment of the answer; 0 when booking has closed.</param>
/// <param name="BookingClosesAt">UTC; when it begins, unless it closes before.</param>
/// <param name="FeePence">For one person; 0 is free, null is not known.</param>
/// <param name="OtherFees">Of those who pay something else than FeePence; empty when nobody does.</param>
/// <param name="Url">The page of the date.</param>
internal sealed record ApiDate(
    Guid Id,
    string Course,
    string CourseTitle,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Slot,
    string Delivery,
    string? Venue,
    string? Area,
    int Capacity,
    int PlacesLeft,
    DateTimeOffset BookingClosesAt,
    int? FeePence,
    IReadOnlyList<ApiFee> OtherFees,
    string Url);

/// <param name="For">Who pays it: "organisations outside the county".</param>
/// <param name="FeePence">For one person; 0 is free.</param>
internal sealed record ApiFee(string For, int FeePence);

/// <summary>One page of a list and where the next begins.</summary>
internal sealed record ApiPage<T>(IReadOnlyList<T> Items, int Total, string? Next);

/// <summary>What the read-only interface gives; its shape is described in Seed/openapi.json.</summary>
internal static class CatalogueApi
{
    public const int PageSize = 100;

    public static async Task<ApiPage<ApiCourse>> CoursesAsync(TrainingHubDb db, int page, Func<string, string> absolute, CancellationToken ct)
    {
        var rows = await db.Courses.AsNoTracking().Where(Course.IsPublic)
            .OrderBy(course => course.OfferOrder == null).ThenBy(course => course.OfferOrder).ThenBy(course => course.ModuleNumber).ThenBy(course => course.Id)
            .Skip((page - 1) * PageSize).Take(PageSize)
            .Select(course => new
            {
                course.Slug,
                course.Title,
                course.Summary,
                course.Audience,
                course.Level,
                course.Tag,
                course.Length,
                course.IsNew,
                course.OfferOrder,
                Titles = db.CourseTitles.Where(title => title.CourseId == course.Id && title.Title != course.Title)
                    .OrderBy(title => title.Title).Select(title => title.Title).ToList(),
            })
            .ToListAsync(ct);
        var total = await db.Courses.CountAsync(Course.IsPublic, ct);
        var items = rows.Select(row => new ApiCourse(
            row.Slug, row.Title, row.Summary, row.Audience, row.Level, row.Tag, LengthWord(row.Length), row.IsNew, row.OfferOrder is not null,
            row.Titles, absolute(CatalogueUrls.Course(row.Slug))));
        return new ApiPage<ApiCourse>([.. items], total, NextOf("/api/v1/courses", page, total, absolute, []));
    }

    /// <param name="search">Finds them, as on the page.</param>
    /// <param name="filter">What is asked for.</param>
    /// <param name="query">The parameters to carry over to the next page.</param>
    /// <param name="page">From 1.</param>
    /// <param name="absolute">Makes an absolute address of a path.</param>
    /// <param name="now">Places are those of this moment.</param>
    /// <param name="ct">To stop.</param>
    public static async Task<ApiPage<ApiDate>> DatesAsync(
        CatalogueSearch search, CatalogueFilter filter, IReadOnlyList<KeyValuePair<string, string?>> query, int page, Func<string, string> absolute, DateTimeOffset now,
        CancellationToken ct)
    {
        var (courses, _) = await search.FittingAsync(filter, ct);
        var total = courses.Sum(course => course.Dates.Count);
        var rows = courses
            .SelectMany(course => course.Dates)
            .OrderBy(line => line.StartsAt).ThenBy(line => line.Id)
            .Skip((page - 1) * PageSize).Take(PageSize);
        var items = rows.Select(line => new ApiDate(
            line.Id, line.Slug, line.Course, line.StartsAt, line.EndsAt,
            line.Slot.ToString().ToLowerInvariant(), line.Delivery == DeliveryMode.Online ? "online" : "in-person",
            line.Venue, line.Area, line.Capacity, line.IsClosedAt(now) ? 0 : line.LeftAt(now), line.ClosesAt, line.Pence,
            [.. line.ClassPrices?.All.Select(own => new ApiFee(own.Words, own.Pence)) ?? []], absolute(CatalogueUrls.Date(line.Id))));
        return new ApiPage<ApiDate>([.. items], total, NextOf("/api/v1/dates", page, total, absolute, query));
    }

    private static string? LengthWord(CourseLength? length) => length switch
    {
        CourseLength.HalfDay => "half-day",
        CourseLength.FullDay => "full-day",
        null => null,
    };

    private static string? NextOf(string path, int page, int total, Func<string, string> absolute, IEnumerable<KeyValuePair<string, string?>> query)
    {
        if (page * PageSize >= total)
        {
            return null;
        }

        var kept = query.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value ?? "")}&");
        return absolute($"{path}?{string.Concat(kept)}page={page + 1}");
    }
}
