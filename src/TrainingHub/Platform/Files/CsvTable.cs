using System.Globalization;

namespace TrainingHub.Platform.Files;

/// <summary>
/// A file with a header row: any column order, unknown columns refused by name, required cells filled, no control characters.
/// Faults are collected, never thrown, so that all can be mended at once. When the header is wrong there are no rows.
/// </summary>
internal sealed class CsvTable
{
    public const int MaxRows = 50_000;

    /// <summary>A file with more faults than this is wrong as a whole: reading stops.</summary>
    public const int MaxErrors = 1_000;

    private readonly List<CsvError> errors = [];
    private readonly List<CsvRow> rows = [];
    private readonly IReadOnlyList<CsvColumn> columns;
    private CsvColumn?[] order = [];

    private CsvTable(IReadOnlyList<CsvColumn> columns) => this.columns = columns;

    public IReadOnlyList<CsvRow> Rows => rows;

    public IReadOnlyList<CsvError> Errors => errors;

    public static async Task<CsvTable> ReadAsync(Stream file, IReadOnlyList<CsvColumn> columns, CancellationToken ct)
    {
        var table = new CsvTable(columns);
        var (text, error) = await CsvText.ReadAsync(file, ct);
        if (error is not null)
        {
            table.Add(error);
            return table;
        }

        table.Parse(text ?? "");
        return table;
    }

    public void Add(CsvError error)
    {
        if (errors.Count < MaxErrors)
        {
            errors.Add(error);
        }
        else if (errors.Count == MaxErrors)
        {
            errors.Add(new CsvError(0, "", "There are more errors than this. Mend these first."));
        }
    }

    private void Parse(string text)
    {
        var records = new CsvRecords(text, CsvRecords.SeparatorOf(text));
        if (!records.Read() || IsBlank(records.Cells))
        {
            Add(new CsvError(0, "", "The file is empty. Its first row must name the columns: " + Names(columns) + "."));
            return;
        }

        ReadHeader(records.Cells);
        if (errors.Count > 0)
        {
            return;
        }

        while (records.Read() && errors.Count <= MaxErrors)
        {
            ReadRow(records);
        }
    }

    private void ReadHeader(IReadOnlyList<string> header)
    {
        order = new CsvColumn?[header.Count];
        var known = columns.ToDictionary(column => CsvColumn.KeyOf(column.Name));
        for (var place = 0; place < header.Count; place++)
        {
            ReadHeader(place, header[place], known);
        }

        foreach (var missing in columns.Where(column => column.IsRequired && !order.Contains(column)))
        {
            Add(new CsvError(1, missing.Name, "This column is missing."));
        }
    }

    private void ReadHeader(int place, string name, Dictionary<string, CsvColumn> known)
    {
        if (name.Trim() == "")
        {
            return;
        }

        if (!known.TryGetValue(CsvColumn.KeyOf(name), out var column))
        {
            Add(new CsvError(1, Shown(name), "This column is not known. The columns are: " + Names(columns) + "."));
            return;
        }

        if (order.Contains(column))
        {
            Add(new CsvError(1, column.Name, "This column is there twice."));
        }

        order[place] = column;
    }

    private void ReadRow(CsvRecords records)
    {
        if (records.Fault is { } fault)
        {
            Add(new CsvError(records.Row, "", fault));
            return;
        }

        if (IsBlank(records.Cells))
        {
            return;
        }

        if (rows.Count == MaxRows)
        {
            Add(new CsvError(records.Row, "", string.Create(CultureInfo.InvariantCulture, $"The file has more than {MaxRows:N0} rows. Split it into smaller files.")));
            return;
        }

        rows.Add(new CsvRow(this, records.Row, Cells(records)));
    }

    private Dictionary<string, string> Cells(CsvRecords records)
    {
        var cells = new Dictionary<string, string>(order.Length, StringComparer.Ordinal);
        for (var place = 0; place < records.Cells.Count; place++)
        {
            var cell = records.Cells[place].Trim();
            if (place < order.Length && order[place] is { } column)
            {
                Check(records.Row, column, cell);
                cells[column.Name] = cell;
            }
            else if (cell != "")
            {
                Add(new CsvError(records.Row, "", string.Create(
                    CultureInfo.InvariantCulture, $"Cell {place + 1} has text but no column. Is a separator in a text without quotation marks?")));
            }
        }

        foreach (var column in columns.Where(column => column.IsRequired && cells.GetValueOrDefault(column.Name, "") == ""))
        {
            Add(new CsvError(records.Row, column.Name, "Fill this in."));
        }

        return cells;
    }

    private void Check(int row, CsvColumn column, string cell)
    {
        if (cell.Length > column.MaxLength)
        {
            Add(new CsvError(row, column.Name, string.Create(
                CultureInfo.InvariantCulture, $"This is {cell.Length:N0} characters long. It may have {column.MaxLength:N0}.")));
        }

        if (cell.Any(letter => char.IsControl(letter) && !(letter == '\t' || (column.HasLineBreaks && letter is '\r' or '\n'))))
        {
            Add(new CsvError(row, column.Name, column.HasLineBreaks
                ? "There is a control character in this text. Type it again."
                : "There is a line break or a control character in this text. Type it again on one line."));
        }
    }

    /// <summary>What stood in a cell, short enough for a message.</summary>
    internal static string Shown(string cell)
    {
        var clean = string.Concat(cell.Trim().Select(letter => char.IsControl(letter) ? ' ' : letter));
        return clean.Length <= 40 ? clean : clean[..40] + "…";
    }

    private static bool IsBlank(IReadOnlyList<string> cells) => cells.All(string.IsNullOrWhiteSpace);

    private static string Names(IEnumerable<CsvColumn> columns) => string.Join(", ", columns.Select(column => column.Name));
}
