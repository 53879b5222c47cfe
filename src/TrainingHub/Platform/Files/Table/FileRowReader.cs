using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingHub.Platform.Files;

/// <summary>Checks rows one by one and tells those of the table from totals and notes.</summary>
internal sealed partial class FileRowReader(FileTable table, FileRules rules, FileHeadings columns)
{
    private readonly List<FileColumn> required = [.. rules.Kind.Required];
    private readonly FileColumn?[] order = Order(columns, rules);
    private readonly Dictionary<string, (int MonthFirst, int DayFirst, int Row, string Sample)> figures = [];

    /// <summary>
    /// The example of a template is left out. A total is left out: most required cells are empty, and what is there begins with "Total" or is numbers only. A note, one cell
    /// alone in a row, is left out when the rules are lenient. Null for a row of the table.
    /// </summary>
    public LeftOut? WhyLeftOut(SheetRow row)
    {
        if (ImportTemplate.IsExample(rules.Kind, column => ShownCell(row, column)))
        {
            return new LeftOut($"Row {row.Number}, the example of the template", IsRefused: false, IsRow: true);
        }

        var filled = required.Count(column => columns.Places.TryGetValue(column.Name, out var place) && place < row.Cells.Length && !row.Cells[place].IsEmpty);
        if (filled * 2 > required.Count || required.Count < 3)
        {
            return null;
        }

        var cells = Array.FindAll(row.Cells, cell => !cell.IsEmpty);
        if (Total().IsMatch(cells[0].Words) || Array.TrueForAll(cells, cell => cell.Kind is CellKind.Number or CellKind.Fault || CellValues.Money(cell) is not null))
        {
            return new LeftOut($"Row {row.Number}, a total", IsRefused: false, IsRow: true);
        }

        if (cells.Length > 1)
        {
            return null;
        }

        if (!rules.IsLenient)
        {
            table.Add(new FileError(row.Number, "", $"This row has only “{FileTable.Shown(cells[0].Words)}”. Is it a note?"));
        }

        return new LeftOut($"Row {row.Number}, “{FileTable.Shown(cells[0].Words)}”", IsRefused: !rules.IsLenient, IsRow: true);
    }

    public FileRow Read(SheetRow row)
    {
        for (var place = 0; place < row.Cells.Length; place++)
        {
            if (place < order.Length && order[place] is { } column)
            {
                Check(row.Number, column, row.Cells[place]);
            }
            else if (!row.Cells[place].IsEmpty && !columns.Ignored.Contains(place) && !rules.IsLenient)
            {
                table.Add(new FileError(row.Number, "", string.Create(
                    CultureInfo.InvariantCulture, $"Cell {place + 1} has text but no heading. Is a separator in a text without quotation marks?")));
            }
        }

        var read = new FileRow(table, row.Number, row.Cells);
        foreach (var column in required)
        {
            if (columns.Places[column.Name] is var place && (place >= row.Cells.Length || row.Cells[place].IsEmpty || read.Clears(column.Name)))
            {
                table.Add(new FileError(row.Number, column.Name, "Fill this in."));
            }
        }

        return read;
    }

    public ShownRow Show(SheetRow row) => new(row.Number, [.. columns.Read.Select(read =>
        rules.Kind.Find(read.Column) is { } column && ShownCell(row, column) is { } shown ? table.Means(read.Column, shown) ?? shown : "")]);

    /// <summary>The cell as it was understood; null when the file does not have the column.</summary>
    private string? ShownCell(SheetRow row, FileColumn column) => !columns.Places.TryGetValue(column.Name, out var place) ? null
        : place < row.Cells.Length ? CellValues.Shown(row.Cells[place], column.Kind) : "";

    /// <summary>Refuses a file whose dates can only be month first: some have a second part above 12 and none a first part above 12.</summary>
    public void CheckOrderOfDates()
    {
        foreach (var (name, seen) in figures)
        {
            if (seen is { MonthFirst: > 0, DayFirst: 0 })
            {
                table.Add(new FileError(0, "", string.Create(
                    CultureInfo.InvariantCulture,
                    $"The dates of {name} are written month first, as in America: “{seen.Sample}” in row {seen.Row}. Dates are read day first. Write them like 27/03/2025, or make them date cells.")));
            }
        }
    }

    private void Check(int row, FileColumn column, Cell cell)
    {
        if (cell.Kind == CellKind.Fault)
        {
            table.Add(new FileError(row, column.Name, cell.Words));
            return;
        }

        var words = cell.Kind == CellKind.Text ? cell.Words : "";
        if (words.Length > column.MaxLength)
        {
            table.Add(new FileError(row, column.Name, string.Create(
                CultureInfo.InvariantCulture, $"This is {words.Length:N0} characters long. It may have {column.MaxLength:N0}.")));
        }

        if (words.Any(letter => char.IsControl(letter) && !(letter == '\t' || (column.HasLineBreaks && letter is '\r' or '\n'))))
        {
            table.Add(new FileError(row, column.Name, column.HasLineBreaks
                ? "There is a control character in this text. Type it again."
                : "There is a line break or a control character in this text. Type it again on one line."));
        }

        if (column.Kind == ColumnKind.Date && CellValues.FiguresOf(cell) is var (first, second))
        {
            var seen = figures.GetValueOrDefault(column.Name);
            var isMonthFirst = first <= 12 && second > 12;
            figures[column.Name] = (
                seen.MonthFirst + (isMonthFirst ? 1 : 0), seen.DayFirst + (first > 12 ? 1 : 0),
                seen.MonthFirst == 0 && isMonthFirst ? row : seen.Row, seen.MonthFirst == 0 && isMonthFirst ? words : seen.Sample ?? "");
        }
    }

    private static FileColumn?[] Order(FileHeadings columns, FileRules rules)
    {
        var order = new FileColumn?[columns.Width];
        foreach (var (name, place) in columns.Places)
        {
            order[place] = rules.Kind.Find(name);
        }

        return order;
    }

    [GeneratedRegex(@"^(?:grand |sub[ -]?|overall )?(?:totals?|sum|count)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Total();
}
