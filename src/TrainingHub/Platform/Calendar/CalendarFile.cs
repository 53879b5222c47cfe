using System.Globalization;
using System.Text;

namespace TrainingHub.Platform.Calendar;

/// <summary>
/// Writes calendar files (RFC 5545): a feed to subscribe to, or one booking to download. All are PUBLISH files, which
/// programs show without asking the reader to accept anything.
/// </summary>
internal static class CalendarFile
{
    public const string ContentType = "text/calendar; charset=utf-8";

    /// <summary>RFC 5545 3.1: a line should not be longer than this many bytes, without its line break.</summary>
    private const int LineMaxBytes = 75;

    // The rules in force since 1996: the last Sundays of March and October, at 01:00 UTC.
    private static readonly string[] LondonRules =
    [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/London",
        "BEGIN:DAYLIGHT",
        "DTSTART:19960331T010000",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0100",
        "TZNAME:BST",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
        "TZNAME:GMT",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
    ];

    /// <summary>The whole file, lines ended by CR LF.</summary>
    /// <param name="name">
    /// What a calendar program calls the feed. Null for a file to download: with a name, Outlook opens a new, empty calendar instead
    /// of adding to the reader's own.
    /// </param>
    /// <param name="events">In the order in which they are written.</param>
    /// <param name="now">The DTSTAMP of each event.</param>
    public static string Write(string? name, IEnumerable<CalendarEvent> events, DateTimeOffset now)
    {
        var file = new StringBuilder();
        Line(file, "BEGIN:VCALENDAR");
        Line(file, "VERSION:2.0");
        Line(file, "PRODID:-//TrainingHub//Calendar//EN");
        Line(file, "CALSCALE:GREGORIAN");
        Line(file, "METHOD:PUBLISH");
        if (name is not null)
        {
            Line(file, "X-WR-CALNAME:" + Text(name));
            Line(file, "X-WR-TIMEZONE:Europe/London");
        }

        foreach (var rule in LondonRules)
        {
            Line(file, rule);
        }

        foreach (var one in events)
        {
            Event(file, one, now);
        }

        Line(file, "END:VCALENDAR");
        return file.ToString();
    }

    private static void Event(StringBuilder file, CalendarEvent one, DateTimeOffset now)
    {
        Line(file, "BEGIN:VEVENT");
        Line(file, "UID:" + Text(one.Uid));
        Line(file, "SEQUENCE:" + one.Sequence.ToString(CultureInfo.InvariantCulture));
        Line(file, "DTSTAMP:" + now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        Line(file, "DTSTART;TZID=Europe/London:" + LondonTime(one.StartsAt));
        Line(file, "DTEND;TZID=Europe/London:" + LondonTime(one.EndsAt));
        Line(file, "SUMMARY:" + Text(one.Summary));
        if (one.Location is { } location)
        {
            Line(file, "LOCATION:" + Text(location));
        }

        if (one.Description is { } description)
        {
            Line(file, "DESCRIPTION:" + Text(description));
        }

        if (one.Url is { } url)
        {
            Line(file, "URL:" + WithoutControls(url));
        }

        Line(file, one.IsCancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
        Line(file, one.IsCancelled ? "TRANSP:TRANSPARENT" : "TRANSP:OPAQUE");
        Line(file, "END:VEVENT");
    }

    private static string LondonTime(DateTimeOffset instant) =>
        London.At(instant).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    /// <summary>RFC 5545 3.3.11: backslash, semicolon, comma and line breaks are escaped; other control characters may not occur.</summary>
    private static string Text(string value) =>
        WithoutControls(value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .ReplaceLineEndings("\\n"));

    private static string WithoutControls(string value) =>
        string.Concat(value.Where(letter => !char.IsControl(letter)));

    /// <summary>Adds one line, folded so that no character is split: a continuation begins with a space, which counts.</summary>
    private static void Line(StringBuilder file, string line)
    {
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LineMaxBytes)
            {
                file.Append("\r\n ");
                bytes = 1;
            }
            file.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }
        file.Append("\r\n");
    }
}
