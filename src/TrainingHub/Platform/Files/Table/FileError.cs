using System.Globalization;

namespace TrainingHub.Platform.Files;

/// <summary>What is wrong in a file and what is wanted instead, once for all rows in which it is the same.</summary>
/// <param name="Row">The first such row, as a spreadsheet numbers it. 0 is the file as a whole.</param>
/// <param name="Column">The name in the header, or empty for the whole row.</param>
/// <param name="Message">One or two sentences.</param>
internal sealed record FileError(int Row, string Column, string Message)
{
    /// <summary>In how many rows it is the same.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The first of them, when there are several.</summary>
    public IReadOnlyList<int> FirstRows { get; init; } = [];

    /// <summary>"7", or "1,429 rows: 3, 5, 6, 8, 9 and more".</summary>
    public string RowWords => (Row, Count) switch
    {
        (0, _) => "File",
        (_, 1) => Row.ToString(CultureInfo.InvariantCulture),
        _ => $"{CountWords}: {RowList}",
    };

    private string CountWords => Count.ToString("N0", CultureInfo.InvariantCulture) + " rows";

    private string RowList => string.Join(", ", FirstRows) + (Count > FirstRows.Count ? " and more" : "");

    public override string ToString() => (Row, Column, Count) switch
    {
        (0, "", _) => Message,
        (0, _, _) => $"{Column}: {Message}",
        (_, "", 1) => $"Row {Row}: {Message}",
        (_, _, 1) => $"Row {Row}, {Column}: {Message}",
        (_, "", _) => $"{CountWords}: {Message} Rows {RowList}.",
        _ => $"{CountWords}, {Column}: {Message} Rows {RowList}.",
    };
}
