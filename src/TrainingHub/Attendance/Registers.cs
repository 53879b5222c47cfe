using TrainingHub.Catalogue;

namespace TrainingHub.Attendance;

internal static class Registers
{
    /// <summary>Dates that are over and have a confirmed place without a mark: somebody has to finish the register.</summary>
    public static IQueryable<CourseRun> Unfinished(TrainingHubDb db, DateTimeOffset now) =>
        DateLines.Delivered(db, now).Where(run => !run.IsRegisterDone && db.RegisterPlaces.Any(line => line.RunId == run.Id && line.Attended == null));
}
