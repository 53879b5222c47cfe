using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Desk;

/// <summary>What people asked for who could not come, or cannot yet: recordings of events, and dates of what has none.</summary>
internal sealed class EventTasks(TrainingHubDb db, DateTimeOffset now)
{
    /// <summary>So many people who want a course are worth a date of it.</summary>
    public const int WorthADate = 10;

    /// <summary>Events that are over, whose recording people asked for and nobody is told of. They end with the wishes.</summary>
    public Task<TaskGroup> RecordingsAsync(CancellationToken ct)
    {
        var today = London.DateOf(now);
        return TaskGroup.OfAsync(
            "Recordings that people asked for",
            AttendanceUrls.Dates,
            from run in db.CourseRuns
            join course in db.Courses on run.CourseId equals course.Id
            where run.State == RunState.Scheduled && run.EndsAt <= now
                && db.DateWishes.Any(wish => wish.RunId == run.Id && wish.ToldAt == null && wish.EndsAt > now)
                && !db.RecordingReleases.Any(release => release.RunId == run.Id && release.EndsOn >= today)
            orderby run.EndsAt descending, run.Id
            select new
            {
                run.Id,
                course.Title,
                run.RunsOn,
                Asked = db.DateWishes.Count(wish => wish.RunId == run.Id && wish.ToldAt == null && wish.EndsAt > now),
                HasLinks = db.EventLinks.Any(link => link.RunId == run.Id && link.WithdrawnAt == null && (link.UntilOn == null || link.UntilOn >= today)),
            },
            row => new TodayTask($"{row.Title}: {(row.Asked == 1 ? "1 person asks" : $"{row.Asked} people ask")} for the recording", AttendanceUrls.Recording(row.Id))
            {
                On = row.RunsOn,
                Facts = row.HasLinks ? "There are links, but nobody has been told of them" : "There is no link to a recording or slides yet",
                Links = [new(row.HasLinks ? "Tell them" : "Add a link, or say that there is none", AttendanceUrls.Recording(row.Id))],
            },
            ct);
    }

    /// <summary>Courses and events without a date that many want to be told of.</summary>
    public Task<TaskGroup> DatesAsync(CancellationToken ct) => TaskGroup.OfAsync(
        "Dates that people ask for",
        CatalogueUrls.StaffCourses,
        from course in db.Courses
        where course.ArchivedAt == null && !course.IsDraft
            && !db.CourseRuns.Any(run => run.CourseId == course.Id && run.State != RunState.Cancelled && run.StartsAt > now)
        let wishes = db.DateWishes.Count(wish => wish.CourseId == course.Id && wish.RunId == null && wish.EndsAt > now)
        where wishes >= WorthADate
        orderby wishes descending, course.Title, course.Id
        select new { course.Id, course.Title, Wishes = wishes },
        row => new TodayTask($"{row.Title}: {row.Wishes} people want a date", CatalogueUrls.NewDatesOf(row.Id))
        {
            Facts = "No date is planned. They are told by email when one can be booked",
            Links = [new("Add a date", CatalogueUrls.NewDatesOf(row.Id))],
        },
        ct);
}
