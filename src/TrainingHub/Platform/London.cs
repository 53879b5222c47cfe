using System.Globalization;

namespace TrainingHub.Platform;

/// <summary>Civil dates and times where the partnership works. Instants are UTC everywhere else.</summary>
internal static class London
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static DateTime At(DateTimeOffset instant) => TimeZoneInfo.ConvertTimeFromUtc(instant.UtcDateTime, Zone);

    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(At(instant));

    /// <summary>False in the hour that the spring change skips.</summary>
    public static bool Exists(DateOnly date, TimeOnly time) => !Zone.IsInvalidTime(date.ToDateTime(time));

    /// <summary>
    /// The instant of a wall-clock time. A time that the spring change skips is read one hour later; one that the autumn
    /// change repeats is read as the first (summer time).
    /// </summary>
    public static DateTimeOffset Instant(DateOnly date, TimeOnly time)
    {
        var wall = date.ToDateTime(time);
        if (Zone.IsInvalidTime(wall))
        {
            wall = wall.AddHours(1);
        }

        var offset = Zone.IsAmbiguousTime(wall) ? Zone.GetAmbiguousTimeOffsets(wall).Max() : Zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    /// <summary>"27 March 2026"</summary>
    public static string Words(DateOnly date) => date.ToString("d MMMM yyyy", English);

    /// <summary>"March 2026"</summary>
    public static string MonthWords(DateOnly date) => date.ToString("MMMM yyyy", English);

    /// <summary>"Saturday 27 March 2026"</summary>
    public static string LongWords(DateOnly date) => date.ToString("dddd d MMMM yyyy", English);

    /// <summary>"Sat 27 Mar"</summary>
    public static string ShortWords(DateOnly date) => date.ToString("ddd d MMM", English);

    /// <summary>"Sat 27 Mar 2026"</summary>
    public static string DayWords(DateOnly date) => date.ToString("ddd d MMM yyyy", English);

    /// <summary>"9:30am", "4pm", "midday", "midnight": the style of the GOV.UK guidance on times, because 12pm is misread.</summary>
    public static string Words(TimeOnly time) => (time.Hour, time.Minute) switch
    {
        (0, 0) => "midnight",
        (12, 0) => "midday",
        _ => Figures(time),
    };

    private static string Figures(TimeOnly time) =>
        (time.Minute == 0 ? time.ToString("htt", CultureInfo.InvariantCulture) : time.ToString("h:mmtt", CultureInfo.InvariantCulture))
        .ToLowerInvariant();

    /// <summary>"9:30am to 4pm", in London time.</summary>
    public static string Times(DateTimeOffset from, DateTimeOffset to) =>
        $"{Words(TimeOnly.FromDateTime(At(from)))} to {Words(TimeOnly.FromDateTime(At(to)))}";

    /// <summary>"27 March 2026 at 9:30am", in London time.</summary>
    public static string Moment(DateTimeOffset instant) =>
        $"{Words(DateOf(instant))} at {Words(TimeOnly.FromDateTime(At(instant)))}";
}
