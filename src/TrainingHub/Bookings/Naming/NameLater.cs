using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>
/// Until when a booker may say who takes a place that was booked without a name: to the end of the third working day before the course. After
/// it the place stays booked, and staff name who comes until the course begins. All in London.
/// </summary>
internal static class NameLater
{
    public const int WorkingDaysBefore = 3;

    /// <summary>So many working days before the last day the booker is reminded.</summary>
    public const int ReminderWorkingDays = 3;

    private static readonly TimeOnly Morning = new(9, 0);

    public static DateOnly LastDay(DateOnly runsOn) => Before(runsOn, WorkingDaysBefore);

    /// <summary>The instant at which the last day is over.</summary>
    public static DateTimeOffset Until(DateOnly runsOn) => London.Instant(LastDay(runsOn).AddDays(1), TimeOnly.MinValue);

    /// <summary>Whether the booker may book without names, and name people.</summary>
    public static bool IsOpen(DateOnly runsOn, DateTimeOffset now) => now < Until(runsOn);

    /// <summary>
    /// When the booker of a place is reminded: three working days before the last day at nine; who books after that, on the morning of the last
    /// day; null for who books later still.
    /// </summary>
    public static DateTimeOffset? RemindAt(DateOnly runsOn, DateTimeOffset bookedAt)
    {
        var last = LastDay(runsOn);
        DateTimeOffset[] mornings = [London.Instant(Before(last, ReminderWorkingDays), Morning), London.Instant(last, Morning)];
        return mornings.Where(morning => bookedAt < morning).Select(morning => (DateTimeOffset?)morning).FirstOrDefault();
    }

    /// <summary>Of dates after this one nobody is reminded today: so many days hold all working days that are counted, with any holidays.</summary>
    public static DateOnly FurthestToRemind(DateOnly today) => today.AddDays(WorkingDaysBefore + ReminderWorkingDays + 12);

    /// <summary>The latest date whose last day is over.</summary>
    public static DateOnly LatestOver(DateOnly today)
    {
        var date = today;
        while (LastDay(date.AddDays(1)) < today)
        {
            date = date.AddDays(1);
        }

        return date;
    }

    /// <summary>What stands where a name will.</summary>
    public static string Words(DateOnly runsOn) => $"somebody to be named by {London.LongWords(LastDay(runsOn))}";

    private static DateOnly Before(DateOnly day, int workingDays)
    {
        for (var left = workingDays; left > 0; left--)
        {
            do
            {
                day = day.AddDays(-1);
            }
            while (!WorkingDays.IsWorkingDay(day));
        }

        return day;
    }
}
