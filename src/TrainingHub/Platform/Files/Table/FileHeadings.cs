namespace TrainingHub.Platform.Files;

/// <summary>Which cell of a row is which column, found from the heading row; and what is wrong with the headings.</summary>
internal sealed class FileHeadings
{
    private readonly FileRules rules;
    private readonly IReadOnlyList<SheetRow> rows;
    private readonly int row;

    public FileHeadings(FileRules rules, SheetRow heading, IReadOnlyList<SheetRow> rows)
    {
        (this.rules, this.rows, row) = (rules, rows, heading.Number);
        for (var place = 0; place < heading.Cells.Length; place++)
        {
            if (!heading.Cells[place].IsEmpty)
            {
                Take(place, heading.Cells[place].Words);
            }
        }

        Width = heading.Cells.Length;
        foreach (var missing in rules.Kind.Required.Where(column => !Places.ContainsKey(column.Name)))
        {
            Faults.Add(new FileError(row, missing.Name, "This column is missing."));
        }

        var free = rules.Kind.Columns.Select(column => column.Name).Where(name => !Places.ContainsKey(name)).ToList();
        Unknown = Unknown.ConvertAll(unknown => unknown.IsRemembered ? unknown : unknown with { Suggestion = HeadingRow.Suggest(unknown.Heading, free) });
    }

    public Dictionary<string, int> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>Cells without a place here, but with a heading, are left out.</summary>
    public HashSet<int> Ignored { get; } = [];

    public int Width { get; }

    public List<ReadColumn> Read { get; } = [];

    public List<LeftOut> LeftOut { get; } = [];

    public List<UnknownHeading> Unknown { get; } = [];

    public List<FileError> Faults { get; } = [];

    public bool IsComplete => rules.Kind.Required.All(column => Places.ContainsKey(column.Name));

    /// <summary>"C" for 2, as a spreadsheet names it.</summary>
    public static string LetterOf(int place) => place < 26 ? ((char)('A' + place)).ToString() : LetterOf((place / 26) - 1) + (char)('A' + (place % 26));

    private void Take(int place, string heading)
    {
        var (column, isLeftOut) = HeadingRow.Match(heading, rules);
        if (column is not null)
        {
            if (!Places.TryAdd(column.Name, place))
            {
                Faults.Add(new FileError(row, column.Name, "This column is there twice."));
            }

            Read.Add(new ReadColumn(heading, column.Name));
            if (FileColumn.KeyOf(heading) != FileColumn.KeyOf(column.Name))
            {
                Unknown.Add(new UnknownHeading(heading, SampleOf(place), column.Name, IsRemembered: true));
            }

            return;
        }

        Ignored.Add(place);
        LeftOut.Add(new LeftOut($"Column {LetterOf(place)}, “{FileTable.Shown(heading)}”", IsRefused: !isLeftOut && !rules.IsLenient, IsRow: false));
        Unknown.Add(new UnknownHeading(heading, SampleOf(place), null, isLeftOut));
        if (!isLeftOut && !rules.IsLenient)
        {
            Faults.Add(new FileError(row, FileTable.Shown(heading), $"This column is not known. The columns are: {FileTable.Names(rules.Kind.Columns)}."));
        }
    }

    private string SampleOf(int place) => rows
        .Where(other => other.Number > row && place < other.Cells.Length && !other.Cells[place].IsEmpty)
        .Select(other => FileTable.Shown(other.Cells[place].Words))
        .FirstOrDefault() ?? "";
}
