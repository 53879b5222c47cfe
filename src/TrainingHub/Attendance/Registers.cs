using TrainingHub.Bookings;
using TrainingHub.Catalogue;

namespace TrainingHub.Attendance;

internal static class Registers
{
    /// <summary>Dates that are over and have a confirmed place without a mark: somebody has to finish the register.</summary>
    public static IQueryable<CourseRun> Unfinished(TrainingHubDb db, DateTimeOffset now) =>
        db.CourseRuns.Where(run => run.State == RunState.Scheduled && run.EndsAt < now && db.Places.Any(place =>
            place.RunId == run.Id && place.State == PlaceState.Confirmed
            && !db.AttendanceMarks.Any(mark => mark.PlaceId == place.Id)));
}
