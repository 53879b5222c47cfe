namespace TrainingHub.Bookings;

/// <summary>How long a declined applicant may choose how to pay.</summary>
internal static class FreePlaceHold
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);
    private static readonly TimeSpan BeforeCourse = TimeSpan.FromDays(2);
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(4);

    /// <summary>
    /// Seven days, but not into the last two before the course, when others could still use the places. A decision later than
    /// that leaves four hours, and never beyond the start.
    /// </summary>
    public static DateTimeOffset Until(DateTimeOffset declinedAt, DateTimeOffset startsAt)
    {
        var until = Earlier(declinedAt + Longest, startsAt - BeforeCourse);
        var atLeast = declinedAt + Shortest;
        return until >= atLeast ? until : Earlier(atLeast, startsAt);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
