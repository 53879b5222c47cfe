using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

internal static class WaitingDates
{
    /// <summary>Coming dates with a place that is offered to nobody, though somebody waits: the next one wants more than there are, or the
    /// list is seen to within a minute.</summary>
    public static IQueryable<CourseRun> WithFreePlaces(TrainingHubDb db, DateTimeOffset now) =>
        DateLines.Coming(db, now).Where(run => run.PlacesLeft - run.PlacesOffered > (run.HeldBackUntil > now ? run.HeldBackLeft : 0)
            && db.WaitingListEntries.Any(entry => entry.RunId == run.Id && entry.State == WaitingState.Waiting));
}
