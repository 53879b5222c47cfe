using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingHub.Platform.Files;

/// <summary>Reads cells as people and Excel write values. Null = it cannot be read as that.</summary>
internal static partial class CellValues
{
    private const int FirstYear = 2000;
    private const int EndYear = 2100;

    private static readonly string[] TimeForms =
    [
        "H:mm", "H:mm:ss", "H.mm", "HHmm", "Hmm", "h:mm tt", "h:mm:ss tt", "h.mm tt", "h tt", "h:mmtt", "h.mmtt", "htt",
    ];

    /// <summary>In the years 2000 to 2099.</summary>
    public static DateOnly? Date(Cell cell) => cell.Kind switch
    {
        CellKind.Moment => InRange(DateOnly.FromDateTime(cell.Moment)),
        CellKind.Text => CivilDate.Parse(cell.Words) is { } date ? InRange(date) : null,
        CellKind.Empty or CellKind.Number or CellKind.TimeOfDay or CellKind.Fault => null,
    };

    public static TimeOnly? Time(Cell cell) => cell.Kind switch
    {
        CellKind.TimeOfDay => cell.TimeOfDay,
        CellKind.Moment => TimeOnly.FromDateTime(cell.Moment),
        CellKind.Number => Time(cell.Number),
        CellKind.Text => Time(cell.Words),
        CellKind.Empty or CellKind.Fault => null,
    };

    public static Money? Money(Cell cell) => cell.Kind switch
    {
        CellKind.Number or CellKind.Text => Platform.Money.Parse(cell.Words),
        CellKind.Empty or CellKind.Moment or CellKind.TimeOfDay or CellKind.Fault => null,
    };

    public static int? Whole(Cell cell) => WholeForm().Match(cell.Words) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;

    public static bool? YesNo(Cell cell) => cell.Words.ToLowerInvariant() switch
    {
        "yes" or "y" or "true" or "1" => true,
        "no" or "n" or "false" or "0" => false,
        _ => null,
    };

    /// <summary>As it was understood, for the preview: "27 March 2025", "09:30", "£52.50"; what cannot be read stays as it is.</summary>
    public static string Shown(Cell cell, ColumnKind kind) => kind switch
    {
        ColumnKind.Date when Date(cell) is { } date => London.Words(date),
        ColumnKind.Time when Time(cell) is { } time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        ColumnKind.Money when Money(cell) is { } money => money.ToString(),
        ColumnKind.Text or ColumnKind.LongText or ColumnKind.Date or ColumnKind.Time or ColumnKind.Money or ColumnKind.Whole
            or ColumnKind.YesNo or ColumnKind.Listed => cell.Words,
    };

    /// <summary>The first two numbers of a date in figures, 27/03/2025; null when it is written otherwise.</summary>
    public static (int First, int Second)? FiguresOf(Cell cell) => cell.Kind == CellKind.Text && Figures().Match(cell.Words) is { Success: true } match
        ? (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    private static DateOnly? InRange(DateOnly date) => date.Year is >= FirstYear and < EndYear ? date : null;

    private static TimeOnly? Time(string text)
    {
        var time = Spaces().Replace(text, " ").Replace("a.m.", "am", StringComparison.OrdinalIgnoreCase).Replace("p.m.", "pm", StringComparison.OrdinalIgnoreCase);
        if (TimeOnly.TryParseExact(time, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
        {
            return read;
        }

        return decimal.TryParse(time, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Time(number)
            : DateBeforeTime().Match(time) is { Success: true } match ? Time(match.Groups[1].Value)
            : null;
    }

    /// <summary>
    /// A part of a day; or what Excel makes of a time typed with a dot, 9.30 = 9.3, or with nothing, 0930 = 930. Not 9.5, which may be
    /// half past nine.
    /// </summary>
    private static TimeOnly? Time(decimal number)
    {
        if (number is >= 0 and < 1)
        {
            return TimeOnly.FromTimeSpan(TimeSpan.FromSeconds((double)Math.Min(Math.Round(number * 86_400), 86_399)));
        }

        var (hours, minutes) = number >= 100 && number == Math.Floor(number)
            ? (Math.Floor(number / 100), number % 100)
            : (Math.Floor(number), (number - Math.Floor(number)) * 100);
        return hours < 24 && minutes < 60 && minutes == Math.Floor(minutes) && minutes != 50 && !(minutes == 0 && hours < 7)
            ? new TimeOnly((int)hours, (int)minutes)
            : null;
    }

    [GeneratedRegex(@"^(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b")]
    private static partial Regex Figures();

    [GeneratedRegex(@"^(\d{1,3}(?:,?\d{3})*)(?:\.0+)?$")]
    private static partial Regex WholeForm();

    [GeneratedRegex(@"^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[T ](\d{1,2}:\d{2}(?::\d{2})?)$")]
    private static partial Regex DateBeforeTime();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
