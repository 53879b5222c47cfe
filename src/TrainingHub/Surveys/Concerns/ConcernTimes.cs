using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>Until when a concern is to be acknowledged before somebody else is told.</summary>
internal static class ConcernTimes
{
    /// <summary>Raised a moment before the day ends, the lead still has this long.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(30);

    /// <summary>So many hours later, nights and weekends too, but no later than the working day ends in which it was raised.</summary>
    public static DateTimeOffset DeputyAt(DateTimeOffset raisedAt, ConcernOptions options, WaitingListOptions hours)
    {
        var due = raisedAt.AddHours(options.AcknowledgeWithinHours);
        var day = London.DateOf(raisedAt);
        var (begins, ends) = (London.Instant(day, new(hours.DayBegins, 0)), London.Instant(day, new(hours.DayEnds, 0)));
        if (!WorkingDays.IsWorkingDay(day) || raisedAt < begins || raisedAt >= ends || due <= ends)
        {
            return due;
        }

        return ends - raisedAt < Least ? raisedAt + Least : ends;
    }
}
