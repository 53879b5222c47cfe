using System.Globalization;

namespace TrainingHub.Platform.Files;

/// <summary>
/// A file with a heading row within its first ten: any column order, required cells filled, no control characters. What nobody asked
/// for (columns, notes) is named and refused, or left out when the rules are lenient; empty rows and totals are named and left out.
/// Faults are collected, never thrown. When the headings are wrong there are no rows.
/// </summary>
internal sealed class FileTable
{
    public const int MaxRows = 50_000;
    public const int MaxColumns = 200;

    /// <summary>Title rows may come above the headings.</summary>
    public const int HeaderWithin = 10;

    private const int UnknownListed = 200;

    private readonly FileErrors errors = new();
    private readonly List<FileRow> rows = [];
    private readonly FileRules rules;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Column, string Key), UnknownValue> unknown = [];

    private FileTable(FileRules rules) => this.rules = rules;

    public IReadOnlyList<FileRow> Rows => rows;

    public IReadOnlyList<FileError> Errors => errors.InOrder();

    public bool HasErrors => errors.Count > 0;

    /// <summary>The file as a whole cannot be taken: it is of another kind, its headings are wrong, or its dates are month first.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>How the file was read; values that a list does not know join it as the rows are looked at.</summary>
    public FileReading Reading
    {
        get => field with { UnknownValues = [.. unknown.Values] };
        private set;
    } = new();

    /// <summary>Reads a whole file, of at most 10 MB. Whatever is wrong with it becomes an error of the table.</summary>
    public static Task<FileTable> ReadAsync(Stream file, IReadOnlyList<FileColumn> columns, CancellationToken ct) =>
        ReadAsync(file, FileRules.Plain(columns), new ImportProgress(), ct);

    /// <inheritdoc cref="ReadAsync(Stream, IReadOnlyList{FileColumn}, CancellationToken)"/>
    public static async Task<FileTable> ReadAsync(Stream file, FileRules rules, ImportProgress progress, CancellationToken ct)
    {
        var table = new FileTable(rules);
        try
        {
            var content = await FileContent.ReadAsync(file, ct);
            table.Fill(FileContent.Parse(content, first => HeadingRow.IsIn(first, rules)), progress);
        }
        catch (FileRefusedException refused)
        {
            table.Add(new FileError(0, "", refused.Message));
        }

        table.IsRefused = table.rows.Count == 0 && table.HasErrors || table.errors.HasWholeFile;
        return table;
    }

    public void Add(FileError error) => errors.Add(error);

    /// <summary>Whether the file has the column; one that is absent changes nothing.</summary>
    public bool Has(string column) => places.ContainsKey(column);

    internal int? PlaceOf(string column) => places.TryGetValue(column, out var place) ? place : null;

    internal string? Means(string column, string value) => rules.Mapping.Values.GetValueOrDefault((column, KnownNames.KeyOf(value)));

    internal void AddUnknown(string column, string value, IReadOnlyList<string> known, string? means)
    {
        var key = (column, KnownNames.KeyOf(value));
        if (unknown.TryGetValue(key, out var earlier))
        {
            unknown[key] = earlier with { Count = earlier.Count + 1 };
        }
        else if (unknown.Count < UnknownListed)
        {
            unknown[key] = new UnknownValue(column, value, 1, known, means);
        }
    }

    private void Fill(ReadFile file, ImportProgress progress)
    {
        if (file.Sheets is not [{ Rows.Count: > 0 } sheet] || HeadingRow.Find(sheet.Rows, rules) is not { } heading)
        {
            Add(new FileError(0, "", $"The file is empty. One of its first rows must name the columns: {Names(rules.Kind.Columns)}."));
            return;
        }

        var columns = new FileHeadings(rules, heading, sheet.Rows);
        Reading = new FileReading
        {
            Sheet = sheet.Name,
            Encoding = file.Encoding,
            Separator = file.Separator,
            HeadingRow = heading.Number,
            EmptyRows = sheet.EmptyRows,
        };
        if (columns.IsComplete is false && Elsewhere(sheet.Rows))
        {
            return;
        }

        columns.Faults.ForEach(Add);
        Take(columns);
        if (!HasErrors)
        {
            ReadRows(sheet, heading, columns, progress);
        }
    }

    /// <summary>Says what the file is when it is no file of this kind.</summary>
    private bool Elsewhere(IReadOnlyList<SheetRow> first)
    {
        if (ForeignFile.OtherKind(first, rules) is { } other)
        {
            Add(new FileError(0, "", $"This is a {other.Noun} file. Import it under “{other.Title}”."));
            Reading = Reading with { BelongsTo = other.Name };
            return true;
        }

        if (ForeignFile.WhatIs(first) is { } what)
        {
            Add(new FileError(0, "", $"This is {what}. This import takes a {rules.Kind.Noun} file, with the columns {Names(rules.Kind.Required)}."));
            return true;
        }

        return false;
    }

    private void Take(FileHeadings columns)
    {
        foreach (var (name, place) in columns.Places)
        {
            places[name] = place;
        }

        Reading = Reading with
        {
            Columns = columns.Read,
            LeftOut = columns.LeftOut,
            UnknownHeadings = columns.Unknown,
            FreeColumns = [.. rules.Kind.Columns.Select(column => column.Name).Where(name => !places.ContainsKey(name))],
        };
    }

    private void ReadRows(Sheet sheet, SheetRow heading, FileHeadings columns, ImportProgress progress)
    {
        var reader = new FileRowReader(this, rules, columns);
        var shown = new List<ShownRow>();
        var leftOut = new List<LeftOut>(columns.LeftOut);
        foreach (var row in sheet.Rows.SkipWhile(row => row.Number <= heading.Number))
        {
            if (errors.IsFull)
            {
                break;
            }

            if (reader.WhyLeftOut(row) is { } left)
            {
                leftOut.Add(left);
                continue;
            }

            if (rows.Count == MaxRows)
            {
                Add(new FileError(row.Number, "", string.Create(CultureInfo.InvariantCulture, $"The file has more than {MaxRows:N0} rows. Split it into smaller files.")));
                break;
            }

            rows.Add(reader.Read(row));
            progress.Read = rows.Count;
            if (shown.Count < FileReading.RowsShown)
            {
                shown.Add(reader.Show(row));
            }
        }

        reader.CheckOrderOfDates();
        Reading = Reading with { RowCount = rows.Count, FirstRows = shown, LeftOut = leftOut };
    }

    /// <summary>What stood in a cell, short enough for a message.</summary>
    internal static string Shown(string cell)
    {
        var clean = string.Concat(cell.Trim().Select(letter => char.IsControl(letter) ? ' ' : letter));
        return clean.Length <= 40 ? clean : clean[..40] + "…";
    }

    internal static string Names(IEnumerable<FileColumn> columns) => string.Join(", ", columns.Select(column => column.Name));
}
