using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Finds the day of the next year for a date of this one.</summary>
internal static class SameWeekday
{
    private const int Week = 7;

    /// <summary>52 weeks on, which keeps the weekday; 53 where 52 would fall into the year that is copied.</summary>
    public static DateOnly In(FinancialYear next, DateOnly day)
    {
        var moved = day.AddDays(52 * Week);
        return moved < next.From ? moved.AddDays(Week) : moved;
    }

    /// <summary>
    /// The first day from that one on, week by week, that nothing speaks against; the last one before it where the rest of the year has none.
    /// </summary>
    /// <param name="next">The year to stay in.</param>
    /// <param name="day">Where to begin.</param>
    /// <param name="isFree">Whether nothing speaks against it.</param>
    /// <returns>Null when no such weekday of the year is free.</returns>
    public static DateOnly? FreeFrom(FinancialYear next, DateOnly day, Func<DateOnly, bool> isFree)
    {
        for (var later = day; later <= next.To; later = later.AddDays(Week))
        {
            if (isFree(later))
            {
                return later;
            }
        }

        for (var earlier = day.AddDays(-Week); earlier >= next.From; earlier = earlier.AddDays(-Week))
        {
            if (isFree(earlier))
            {
                return earlier;
            }
        }

        return null;
    }
}
