using System.Globalization;
using System.Text.RegularExpressions;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>
/// A moment as a report writes it. 3/4/26 is 3 April or 4 March: which of them is decided by the day of the course, and never guessed. It is the
/// clock of whoever made the report, for the file names no time zone; only a moment with a zone is brought to London's.
/// </summary>
/// <param name="Dates">What its date can mean; none when it has a time only.</param>
/// <param name="Time"></param>
internal sealed partial record ReportMoment(IReadOnlyList<DateOnly> Dates, TimeOnly Time)
{
    private static readonly string[] TimeForms = ["H:m", "H:m:s", "h:m tt", "h:m:s tt"];

    /// <returns>Null when it is no moment.</returns>
    public static ReportMoment? Parse(string text)
    {
        var clean = Spaces().Replace(text, " ").Trim();
        if (Zoned().IsMatch(clean) && DateTimeOffset.TryParse(clean, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            var london = London.At(instant);
            return new([DateOnly.FromDateTime(london)], TimeOnly.FromDateTime(london));
        }

        if (TimeAtEnd().Match(clean) is not { Success: true } found || ReadTime(found) is not { } time)
        {
            return null;
        }

        var date = clean[..found.Index].TrimEnd(' ', ',');
        return date.Length == 0 ? new([], time) : DatesOf(date) is { Count: > 0 } dates ? new(dates, time) : null;
    }

    /// <summary>On the day of the course when it can be; else the nearest to it that it can mean.</summary>
    public DateTime On(DateOnly day) =>
        (Dates.Count == 0 ? day : Dates.MinBy(date => Math.Abs(date.DayNumber - day.DayNumber))).ToDateTime(Time);

    public bool CanBeOn(DateOnly day) => Dates.Contains(day);

    private static List<DateOnly> DatesOf(string text)
    {
        if (Figures().Match(text) is not { Success: true } figures)
        {
            return CivilDate.Parse(text) is { } date ? [date] : [];
        }

        var (one, other, year) = (Number(figures.Groups[1]), Number(figures.Groups[2]), Number(figures.Groups[3]));
        year += year < 100 ? 2000 : 0;
        return [.. new[] { (Day: one, Month: other), (Day: other, Month: one) }.Distinct()
            .Where(read => read.Month is >= 1 and <= 12 && year is > 0 and < 2200 && read.Day >= 1 && read.Day <= DateTime.DaysInMonth(year, read.Month))
            .Select(read => new DateOnly(year, read.Month, read.Day))];
    }

    private static TimeOnly? ReadTime(Match found)
    {
        var half = found.Groups["half"].Value is { Length: > 0 } letter ? $" {letter.ToUpperInvariant()}M" : "";
        return TimeOnly.TryParseExact(
            found.Groups["clock"].Value.Replace('.', ':') + half, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    private static int Number(Group figures) => int.Parse(figures.ValueSpan, CultureInfo.InvariantCulture);

    // Of every kind: Teams puts a narrow one that does not break before AM and PM.
    [GeneratedRegex(@"[\s\u200B\u200E\u200F\u202A-\u202E\uFEFF]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$")]
    private static partial Regex Zoned();

    // A dot between figures of a date is no time, so it starts the text or follows a space, a comma or a T.
    [GeneratedRegex(@"(?:^|(?<=\d)T|[, ]\s*)(?<clock>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)(?:[.,]\d+)?(?: ?(?<half>[AaPp])\.? ?[Mm]\.?)?$")]
    private static partial Regex TimeAtEnd();

    [GeneratedRegex(@"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$")]
    private static partial Regex Figures();
}
