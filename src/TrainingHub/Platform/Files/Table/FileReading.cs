namespace TrainingHub.Platform.Files;

/// <summary>Something in the file that is not imported, in words: "Row 41: a total".</summary>
/// <param name="IsRefused">Not left out yet: a click, or --lenient, leaves it out.</param>
/// <param name="IsRow">A row, not a column.</param>
internal sealed record LeftOut(string What, bool IsRefused, bool IsRow);

/// <summary>A heading that no column has by itself, and the column that is proposed for it or that staff said before.</summary>
/// <param name="Sample">The cells under it.</param>
internal sealed record UnknownHeading(string Heading, string Sample, string? Suggestion, bool IsRemembered);

/// <summary>A value that a listed column does not know by itself, in so many rows.</summary>
/// <param name="Means">The known name that staff said before; null when they are still to say.</param>
internal sealed record UnknownValue(string Column, string Value, int Count, IReadOnlyList<string> Known, string? Means);

/// <summary>A column of the file: its heading, and the column that it was read as.</summary>
internal sealed record ReadColumn(string Heading, string Column);

/// <summary>A row in the order of <see cref="FileReading.Columns"/>, each cell as it was understood.</summary>
internal sealed record ShownRow(int Number, IReadOnlyList<string> Cells);

/// <summary>A picture of how a file was read, for the person who has to agree to it.</summary>
internal sealed record FileReading
{
    public const int RowsShown = 3;

    public string Sheet { get; init; } = "";
    public string? Encoding { get; init; }
    public string? Separator { get; init; }
    public int HeadingRow { get; init; }
    public IReadOnlyList<ReadColumn> Columns { get; init; } = [];
    public int RowCount { get; init; }
    public int EmptyRows { get; init; }
    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];
    public IReadOnlyList<ShownRow> FirstRows { get; init; } = [];
    public IReadOnlyList<UnknownHeading> UnknownHeadings { get; init; } = [];
    public IReadOnlyList<UnknownValue> UnknownValues { get; init; } = [];

    /// <summary>Columns that the file does not have, to which an unknown heading could be mapped.</summary>
    public IReadOnlyList<string> FreeColumns { get; init; } = [];

    /// <summary>The kind of file that this is instead, when it is one.</summary>
    public string? BelongsTo { get; init; }

    /// <summary>"Excel workbook, sheet “Programme”, headings in row 3" or "Text file in Windows-1252, separated by semicolon, headings in row 1".</summary>
    public string Words => HeadingRow == 0 ? "" : (Encoding is null
        ? $"Excel workbook, sheet “{Sheet}”"
        : $"Text file in {Encoding}, separated by {Separator}") + $", headings in row {HeadingRow}";
}
