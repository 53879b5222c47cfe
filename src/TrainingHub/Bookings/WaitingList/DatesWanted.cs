using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <param name="Id"></param>
/// <param name="Title"></param>
/// <param name="Wishes">People who asked to be told of new dates.</param>
/// <param name="Waiting">Places that are waited for on coming dates.</param>
/// <param name="Closed">Places wanted by those who waited until booking closed; such entries are kept for 30 days after the course.</param>
/// <param name="Coming">Dates that can still be come to.</param>
internal sealed record WantedCourse(Guid Id, string Title, int Wishes, int Waiting, int Closed, int Coming);

/// <summary>Courses of which people want a date, those that most people want first.</summary>
internal static class DatesWanted
{
    private const int Most = 100;

    public static async Task<IReadOnlyList<WantedCourse>> ReadAsync(TrainingHubDb db, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await (
            from course in db.Courses.AsNoTracking()
            where course.ArchivedAt == null
            let wishes = db.DateWishes.Count(wish => wish.CourseId == course.Id && wish.RunId == null && wish.EndsAt > now)
            let waiting = db.WaitingListEntries.Where(WaitingListEntry.IsLive)
                .Where(entry => db.CourseRuns.Any(run => run.Id == entry.RunId && run.CourseId == course.Id && run.StartsAt > now)).Sum(entry => entry.PlacesWanted)
            let closed = db.WaitingListEntries
                .Where(entry => entry.State == WaitingState.Closed && db.CourseRuns.Any(run => run.Id == entry.RunId && run.CourseId == course.Id)).Sum(entry => entry.PlacesWanted)
            where wishes + waiting + closed > 0
            orderby wishes + waiting + closed descending, course.Title, course.Id
            select new WantedCourse(
                course.Id, course.Title, wishes, waiting, closed,
                db.CourseRuns.Count(run => run.CourseId == course.Id && run.State == RunState.Scheduled && run.StartsAt > now)))
            .Take(Most).ToListAsync(ct);
        return rows;
    }
}
