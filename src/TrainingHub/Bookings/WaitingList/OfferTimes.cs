using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>
/// Until when an offer lasts: so many working hours (Monday to Friday but bank holidays, London time), so that one made at 16:50 on a
/// Friday runs into Monday. Near the date it is half of the time until booking closes, so that somebody else may still have a turn, but not
/// less than an hour; and never after booking closes.
/// </summary>
internal static class OfferTimes
{
    public static readonly TimeSpan Least = TimeSpan.FromHours(1);

    /// <param name="now"></param>
    /// <param name="closesAt">When booking closes, after now.</param>
    /// <param name="options"></param>
    public static DateTimeOffset Until(DateTimeOffset now, DateTimeOffset closesAt, WaitingListOptions options)
    {
        var until = AddWorkingTime(now, TimeSpan.FromHours(options.OfferWorkingHours), options);
        var half = now + ((closesAt - now) / 2);
        var soonest = now + Least;
        until = half < until ? half : until;
        until = until < soonest ? soonest : until;
        until = OnTheMinute(until);
        return until < closesAt ? until : closesAt;
    }

    public static DateTimeOffset AddWorkingTime(DateTimeOffset from, TimeSpan time, WaitingListOptions options)
    {
        for (var day = London.DateOf(from); ; day = day.AddDays(1))
        {
            if (!WorkingDays.IsWorkingDay(day))
            {
                continue;
            }

            var (begins, ends) = (London.Instant(day, new(options.DayBegins, 0)), London.Instant(day, new(options.DayEnds, 0)));
            begins = begins < from ? from : begins;
            if (begins >= ends)
            {
                continue;
            }

            if (begins + time <= ends)
            {
                return begins + time;
            }

            time -= ends - begins;
        }
    }

    // The next one, as people are told no seconds.
    private static DateTimeOffset OnTheMinute(DateTimeOffset moment) =>
        moment.Ticks % TimeSpan.TicksPerMinute is var rest && rest == 0 ? moment : moment.AddTicks(TimeSpan.TicksPerMinute - rest);
}
