using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingHub.Platform;

/// <summary>
/// Dates as people and programs write them, day first: "2025-03-27", "27/03/25", "27 mar 2025", "Thu 27th March 2025". The month may be
/// a word in any case, then also before the day. A time of day after the date, as exports have it, is
/// left out. From 1900 to 2199: others are slips.
/// </summary>
internal static partial class CivilDate
{
    private const int LastShortYear = 2099;
    private static readonly CultureInfo English = MakeEnglish();

    private static readonly string[] Forms =
    [
        "yyyy-M-d", "d/M/yyyy", "d/M/yy", "d-M-yyyy", "d-M-yy", "d.M.yyyy", "d.M.yy",
        "d MMM yyyy", "d MMMM yyyy", "d MMM yy", "d MMMM yy", "d-MMM-yyyy", "d-MMM-yy", "d-MMMM-yyyy", "d-MMMM-yy",
        "MMM d yyyy", "MMMM d yyyy", "yyyy/M/d",
    ];

    /// <returns>Null when it is no date. A year of two digits is 2000 to 2099.</returns>
    public static DateOnly? Parse(string text)
    {
        var date = Weekday().Replace(TimeAfterDate().Replace(text.Trim(), ""), "");
        date = Marks().Replace(Ordinal().Replace(date, "$1"), " ").Trim();
        date = Sept().Replace(date, "Sep");
        return DateOnly.TryParseExact(date, Forms, English, DateTimeStyles.AllowWhiteSpaces, out var read) && read.Year is >= 1900 and < 2200 ? read : null;
    }

    private static CultureInfo MakeEnglish()
    {
        var english = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        english.DateTimeFormat.Calendar = new GregorianCalendar { TwoDigitYearMax = LastShortYear };
        return english;
    }

    [GeneratedRegex(@"^(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?\.?,?\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"(?:T|,?\s+)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:\s*[ap]m)?Z?$", RegexOptions.IgnoreCase)]
    private static partial Regex TimeAfterDate();

    // "1st", and "1st of" before a month.
    [GeneratedRegex(@"\b(\d{1,2})(?:(?:st|nd|rd|th)\b)?(?:\s+of\b)?", RegexOptions.IgnoreCase)]
    private static partial Regex Ordinal();

    // The full stop of "27 Mar. 2025" and the comma of "27 March, 2025"; not the full stops of 27.03.2025.
    [GeneratedRegex(@"(?<=\p{L})[.,]|(?<=\d),(?=\s)|\s+")]
    private static partial Regex Marks();

    [GeneratedRegex(@"\bsept\b", RegexOptions.IgnoreCase)]
    private static partial Regex Sept();
}
