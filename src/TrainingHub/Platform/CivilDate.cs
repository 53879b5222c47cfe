using System.Globalization;

namespace TrainingHub.Platform;

/// <summary>Dates as people and files write them: "2025-03-27" or "27/03/2025", from 1900 to 2199: others are slips.</summary>
internal static class CivilDate
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "d/M/yyyy"];

    public static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1900 and < 2200
            ? date
            : null;
}
