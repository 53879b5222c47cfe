using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue;

/// <summary>One page of courses that fit a filter, each with its next fitting dates.</summary>
internal sealed class CatalogueSearch(TrainingHubDb db, TimeProvider clock)
{
    public const int PageSize = 20;

    /// <param name="Courses">At most <see cref="PageSize"/>.</param>
    /// <param name="CourseCount">Over all pages.</param>
    /// <param name="DateCount">Fitting dates of all these courses.</param>
    /// <param name="Fit">How the words were taken; null without words.</param>
    internal sealed record Found(IReadOnlyList<CourseCard> Courses, int CourseCount, int DateCount, SearchFit? Fit);

    public async Task<Found> FindAsync(CatalogueFilter filter, int page, CancellationToken ct)
    {
        var dates = filter.Dates(db, clock.GetUtcNow());
        var courses = Wanted(filter, dates);
        SearchFit? fit = null;
        if (filter.Words is { } words)
        {
            (courses, fit) = await SearchWords.FindAsync(courses, words, ct);
        }

        var counts = await courses
            .GroupBy(_ => 1)
            .Select(all => new { Courses = all.Count(), Dates = all.Sum(course => dates.Count(run => run.CourseId == course.Id)) })
            .SingleOrDefaultAsync(ct);
        if (counts is null)
        {
            return new Found([], 0, 0, fit);
        }

        var lines = DateLines.Of(db, dates);
        var cards = await Ordered(courses, filter, dates)
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .Select(course => new CourseCard
            {
                Id = course.Id,
                Slug = course.Slug,
                Title = course.Title,
                Summary = course.Summary,
                Tag = course.Tag,
                Level = course.Level,
                Length = course.Length,
                IsNew = course.IsNew,
                IsOffered = course.OfferOrder != null,
                DateCount = dates.Count(run => run.CourseId == course.Id),
                Dates = lines.Where(line => line.CourseId == course.Id).OrderBy(line => line.StartsAt).ThenBy(line => line.Id).Take(CourseCard.DatesShown).ToList(),
            })
            .ToListAsync(ct);
        return new Found(cards, counts.Courses, counts.Dates, fit);
    }

    private IQueryable<Course> Wanted(CatalogueFilter filter, IQueryable<CourseRun> dates)
    {
        var courses = db.Courses.AsNoTracking();
        if (filter.Tag is { } tag)
        {
            courses = courses.Where(course => course.Tag == tag);
        }

        if (filter.AsksForDates)
        {
            return courses.Where(course => dates.Any(run => run.CourseId == course.Id));
        }

        return filter.Words is null
            ? courses.Where(course => course.OfferOrder != null || dates.Any(run => run.CourseId == course.Id))
            : courses;
    }

    private static IQueryable<Course> Ordered(IQueryable<Course> courses, CatalogueFilter filter, IQueryable<CourseRun> dates)
    {
        if (courses is IOrderedQueryable<Course> ranked && filter.Words is not null)
        {
            return ranked.ThenBy(course => course.OfferOrder == null).ThenBy(course => course.OfferOrder).ThenBy(course => course.ModuleNumber).ThenBy(course => course.Id);
        }

        if (filter.AsksForDates)
        {
            return courses.OrderBy(course => dates.Where(run => run.CourseId == course.Id).Min(run => run.StartsAt)).ThenBy(course => course.Id);
        }

        return courses.OrderBy(course => course.OfferOrder == null).ThenBy(course => course.OfferOrder).ThenBy(course => course.ModuleNumber).ThenBy(course => course.Id);
    }
}
