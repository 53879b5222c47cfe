using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

internal static class WaitingDates
{
    /// <summary>Coming dates with a place for anybody, and somebody who waits for one.</summary>
    public static IQueryable<CourseRun> WithFreePlaces(TrainingHubDb db, DateTimeOffset now) =>
        DateLines.Coming(db, now).Where(run => run.PlacesLeft > (run.HeldBackUntil > now ? run.HeldBackLeft : 0)
            && db.WaitingListEntries.Any(entry => entry.RunId == run.Id && entry.State == WaitingState.Waiting));
}
