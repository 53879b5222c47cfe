using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingHub.Attendance;

/// <summary>How long somebody was there: "3h 2m 42s", "1 h 2 min", "1 hr 2 min", "00:47:03", and where the heading says minutes "47".</summary>
internal static partial class ReportDuration
{
    /// <returns>Null when it cannot be read, which is unknown and not nought.</returns>
    public static TimeSpan? Parse(string text, bool isMinutes)
    {
        var clean = text.Trim();
        if (Clock().Match(clean) is { Success: true } clock)
        {
            return Of(clock.Groups[1], clock.Groups[2], clock.Groups[3]);
        }

        if (Words().Match(clean) is { Success: true, Length: > 0 } words)
        {
            return Of(words.Groups[1], words.Groups[2], words.Groups[3]);
        }

        return isMinutes && int.TryParse(clean, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? TimeSpan.FromMinutes(minutes) : null;
    }

    private static TimeSpan Of(Group hours, Group minutes, Group seconds) =>
        TimeSpan.FromSeconds((Number(hours) * 3600) + (Number(minutes) * 60) + Number(seconds));

    private static long Number(Group figures) => figures.Success ? long.Parse(figures.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(\d{1,3}):([0-5]\d):([0-5]\d)$")]
    private static partial Regex Clock();

    // Also as German, Spanish, French, Italian and Portuguese write them.
    [GeneratedRegex(
        @"^(?=\d)(?:(\d{1,4})\s*(?:h|hr|hrs|hours?|std|stunden?|heures?|horas?|ore|ora)\.?,?\s*)?(?:(\d{1,5})\s*(?:m|min|mins|minutes?|minuten|minutos?|minut[oi])\.?,?\s*)?(?:(\d{1,6})\s*(?:s|sec|secs|seg|sek|seconds?|sekunden?|secondes?|segundos?|second[oi])\.?)?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
