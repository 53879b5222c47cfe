using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>Courses and dates that fit a filter, with the places left of this moment.</summary>
internal sealed class CatalogueSearch(TrainingHubDb db, PageCache cache, TimeProvider clock)
{
    public const int PageSize = 20;

    /// <param name="Courses">At most <see cref="PageSize"/>.</param>
    /// <param name="CourseCount">Over all pages.</param>
    /// <param name="DateCount">Fitting dates of all these courses.</param>
    /// <param name="Fit">How the words were taken; null without words.</param>
    internal sealed record Found(IReadOnlyList<CourseCard> Courses, int CourseCount, int DateCount, SearchFit? Fit);

    /// <summary>A course and those of its dates that fit, the next one first.</summary>
    internal sealed record Fitting(ListedCourse Course, List<DateLine> Dates);

    public async Task<Found> FindAsync(CatalogueFilter filter, int page, CancellationToken ct)
    {
        var (courses, fit) = await FittingAsync(filter, ct);
        var cards = courses.Skip((page - 1) * PageSize).Take(PageSize)
            .Select(course => new CourseCard(course.Course, course.Dates.Count, [.. course.Dates.Take(CourseCard.DatesShown)]));
        return new Found([.. cards], courses.Count, courses.Sum(course => course.Dates.Count), fit);
    }

    /// <returns>The best fit first when words were given, else the earliest date or the order of the offer.</returns>
    public async Task<(List<Fitting> Courses, SearchFit? Fit)> FittingAsync(CatalogueFilter filter, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var dates = (await LiveDates.ReadAsync(cache, clock)).InOrder
            .Where(date => date.StartsAt > now && filter.Fits(date, now))
            .ToLookup(date => date.CourseId);
        var asksForDates = filter.AsksForDates;
        var courses = (await CatalogueSnapshot.ReadAsync(cache, clock)).Courses
            .Where(course => filter.Tag is null || course.Tag == filter.Tag)
            .Select(course => new Fitting(course, [.. dates[course.Id]]))
            .Where(course => course.Dates.Count > 0 || (!asksForDates && (filter.Words is not null || course.Course.OfferOrder is not null)))
            .ToList();
        if (filter.Words is { } words)
        {
            var ids = courses.ConvertAll(course => course.Course.Id);
            var (ranks, fit) = await SearchWords.FindAsync(db.Courses.Where(course => ids.Contains(course.Id)), words, ct);
            return ([.. courses.Where(course => ranks.ContainsKey(course.Course.Id)).OrderByDescending(course => ranks[course.Course.Id])], fit);
        }

        return (asksForDates ? [.. courses.OrderBy(course => course.Dates[0].StartsAt)] : courses, null);
    }
}
