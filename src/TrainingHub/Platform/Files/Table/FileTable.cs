using System.Globalization;

namespace TrainingHub.Platform.Files;

/// <summary>
/// A file with a header row: any column order, unknown columns refused by name, required cells filled, no control characters.
/// Faults are collected, never thrown, so that all can be mended at once. When the header is wrong there are no rows.
/// </summary>
internal sealed class FileTable
{
    public const int MaxRows = 50_000;

    /// <summary>A file with more faults than this is wrong as a whole: reading stops.</summary>
    public const int MaxErrors = 1_000;

    private readonly List<FileError> errors = [];
    private readonly List<FileRow> rows = [];
    private readonly IReadOnlyList<FileColumn> columns;
    private FileColumn?[] order = [];

    private FileTable(IReadOnlyList<FileColumn> columns) => this.columns = columns;

    public IReadOnlyList<FileRow> Rows => rows;

    public IReadOnlyList<FileError> Errors => errors;

    public static async Task<FileTable> ReadAsync(Stream file, IReadOnlyList<FileColumn> columns, CancellationToken ct)
    {
        var table = new FileTable(columns);
        var (text, error) = await CsvText.ReadAsync(file, ct);
        if (error is not null)
        {
            table.Add(error);
            return table;
        }

        table.Parse(text ?? "");
        return table;
    }

    public void Add(FileError error)
    {
        if (errors.Count < MaxErrors)
        {
            errors.Add(error);
        }
        else if (errors.Count == MaxErrors)
        {
            errors.Add(new FileError(0, "", "There are more errors than this. Mend these first."));
        }
    }

    private void Parse(string text)
    {
        var records = new CsvRecords(text, CsvRecords.SeparatorOf(text));
        if (!records.Read() || IsBlank(records.Cells))
        {
            Add(new FileError(0, "", "The file is empty. Its first row must name the columns: " + Names(columns) + "."));
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
        order = new FileColumn?[header.Count];
        var known = columns.ToDictionary(column => FileColumn.KeyOf(column.Name));
        for (var place = 0; place < header.Count; place++)
        {
            ReadHeader(place, header[place], known);
        }

        foreach (var missing in columns.Where(column => column.IsRequired && !order.Contains(column)))
        {
            Add(new FileError(1, missing.Name, "This column is missing."));
        }
    }

    private void ReadHeader(int place, string name, Dictionary<string, FileColumn> known)
    {
        if (name.Trim() == "")
        {
            return;
        }

        if (!known.TryGetValue(FileColumn.KeyOf(name), out var column))
        {
            Add(new FileError(1, Shown(name), "This column is not known. The columns are: " + Names(columns) + "."));
            return;
        }

        if (order.Contains(column))
        {
            Add(new FileError(1, column.Name, "This column is there twice."));
        }

        order[place] = column;
    }

    private void ReadRow(CsvRecords records)
    {
        if (records.Fault is { } fault)
        {
            Add(new FileError(records.Row, "", fault));
            return;
        }

        if (IsBlank(records.Cells))
        {
            return;
        }

        if (rows.Count == MaxRows)
        {
            Add(new FileError(records.Row, "", string.Create(CultureInfo.InvariantCulture, $"The file has more than {MaxRows:N0} rows. Split it into smaller files.")));
            return;
        }

        rows.Add(new FileRow(this, records.Row, Cells(records)));
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
                Add(new FileError(records.Row, "", string.Create(
                    CultureInfo.InvariantCulture, $"Cell {place + 1} has text but no column. Is a separator in a text without quotation marks?")));
            }
        }

        foreach (var column in columns.Where(column => column.IsRequired && cells.GetValueOrDefault(column.Name, "") == ""))
        {
            Add(new FileError(records.Row, column.Name, "Fill this in."));
        }

        return cells;
    }

    private void Check(int row, FileColumn column, string cell)
    {
        if (cell.Length > column.MaxLength)
        {
            Add(new FileError(row, column.Name, string.Create(
                CultureInfo.InvariantCulture, $"This is {cell.Length:N0} characters long. It may have {column.MaxLength:N0}.")));
        }

        if (cell.Any(letter => char.IsControl(letter) && !(letter == '\t' || (column.HasLineBreaks && letter is '\r' or '\n'))))
        {
            Add(new FileError(row, column.Name, column.HasLineBreaks
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

    private static string Names(IEnumerable<FileColumn> columns) => string.Join(", ", columns.Select(column => column.Name));
}
