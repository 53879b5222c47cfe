using System.Globalization;

namespace TrainingHub.Platform.Files;

internal enum CellKind
{
    Empty,
    Text,
    Number,

    /// <summary>A date, perhaps with a time of day.</summary>
    Moment,

    /// <summary>A time of day without a date.</summary>
    TimeOfDay,

    /// <summary>A formula that failed, or one that was never worked out; the text says which.</summary>
    Fault,
}

/// <summary>The content of one cell. A text file has only texts; a workbook has numbers, dates and times as well.</summary>
internal readonly record struct Cell
{
    private Cell(CellKind kind, string? text, decimal number) => (Kind, this.text, Number) = (kind, text, number);

    private readonly string? text;

    public CellKind Kind { get; }

    public decimal Number { get; }

    public DateTime Moment => new((long)Number, DateTimeKind.Unspecified);

    public TimeOnly TimeOfDay => new((long)Number);

    public bool IsEmpty => Kind == CellKind.Empty;

    /// <summary>Surrounding spaces of every kind are gone. An apostrophe that keeps a spreadsheet from running the text goes too.</summary>
    public static Cell OfText(string written)
    {
        var clean = written.Trim().Trim('\u200B', '\uFEFF').Trim();
        return clean.Length == 0 ? default : new Cell(CellKind.Text, SpreadsheetText.Restore(clean), 0);
    }

    public static Cell OfNumber(decimal number) => new(CellKind.Number, null, number);

    public static Cell OfMoment(DateTime moment) => new(CellKind.Moment, null, moment.Ticks);

    public static Cell OfTime(TimeOnly time) => new(CellKind.TimeOfDay, null, time.Ticks);

    public static Cell OfFault(string says) => new(CellKind.Fault, says, 0);

    /// <summary>As text: a number without zeros at its end, a date as 2025-03-27, a time as 09:30.</summary>
    public string Words => Kind switch
    {
        CellKind.Empty => "",
        CellKind.Text or CellKind.Fault => text ?? "",
        CellKind.Number => Number.ToString("0.##########", CultureInfo.InvariantCulture),
        CellKind.Moment when Moment.TimeOfDay == TimeSpan.Zero => Moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CellKind.Moment => Moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        CellKind.TimeOfDay => TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture),
    };
}
