using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Calendar;

namespace TrainingHub.Catalogue;

/// <summary>Dates as calendar events: coming ones, and for a month those that were cancelled, so that calendars strike them through.</summary>
internal static class CalendarFeeds
{
    private const int MostEvents = 1000;
    private static readonly TimeSpan CancelledFor = TimeSpan.FromDays(30);

    /// <param name="db">The database.</param>
    /// <param name="slug">Null for all courses.</param>
    /// <param name="now">The DTSTAMP, and from when on dates are coming.</param>
    /// <param name="absolute">Makes an absolute address of a path.</param>
    /// <param name="ct">To stop.</param>
    /// <returns>Null when there is no such course.</returns>
    public static async Task<string?> WriteAsync(TrainingHubDb db, string? slug, DateTimeOffset now, Func<string, string> absolute, CancellationToken ct)
    {
        var name = "Training courses";
        var runs = DateLines.Public(db, now).Concat(Cancelled(db, now));
        if (slug is not null)
        {
            // An address is found in capitals, too.
            var wanted = slug.ToLowerInvariant();
            var course = await db.Courses.AsNoTracking().Where(Course.IsPublic).Where(course => course.Slug == wanted).Select(course => new { course.Id, course.Title }).SingleOrDefaultAsync(ct);
            if (course is null)
            {
                return null;
            }

            (name, runs) = (course.Title, runs.Where(run => run.CourseId == course.Id));
        }

        var lines = await DateLines.Of(db, runs).OrderBy(line => line.StartsAt).ThenBy(line => line.Id).Take(MostEvents).ToListAsync(ct);
        return CalendarFile.Write(name, lines.SelectMany(line => MeetingEvents.Of(Event(line, absolute), line)), now);
    }

    private static IQueryable<CourseRun> Cancelled(TrainingHubDb db, DateTimeOffset now)
    {
        var courses = db.Courses.Where(Course.IsPublic);
        return db.CourseRuns.Where(run => run.StartsAt > now && run.State == RunState.Cancelled && run.CancelledAt > now - CancelledFor
            && courses.Any(course => course.Id == run.CourseId));
    }

    private static CalendarEvent Event(DateLine line, Func<string, string> absolute)
    {
        var url = absolute(CatalogueUrls.Date(line.Id));
        var fee = line.Price is { } price ? $"Fee: {price.Words}. " : "";
        return new CalendarEvent(
            $"{line.Id}@{new Uri(url).Host}",
            line.ChangeNumber + (line.State == RunState.Cancelled ? 1 : 0),
            line.Course,
            line.StartsAt,
            line.EndsAt,
            line.WhereInFull,
            $"{fee}Book or join the waiting list: {url}",
            url,
            line.State == RunState.Cancelled);
    }
}
