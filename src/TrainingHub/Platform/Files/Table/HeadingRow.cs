namespace TrainingHub.Platform.Files;

/// <summary>Finds the row that names the columns, within the first ten, and says which cell is which column.</summary>
internal static class HeadingRow
{
    /// <summary>Whether one of the first rows names at least half of the required columns.</summary>
    public static bool IsIn(IReadOnlyList<SheetRow> rows, FileRules rules) =>
        Best(rows, rules) is var (_, matches) && matches >= (rules.Kind.Required.Count() + 1) / 2;

    /// <summary>
    /// The row that names most columns. When none names two, the fullest row of text is taken for it, so that a person can say what
    /// its headings mean. Null when there is neither.
    /// </summary>
    public static SheetRow? Find(IReadOnlyList<SheetRow> rows, FileRules rules)
    {
        var (best, matches) = Best(rows, rules);
        if (matches >= Math.Min(2, rules.Kind.Columns.Count))
        {
            return best;
        }

        return First(rows).Select(row => (Row: row, Texts: row.Cells.Count(cell => cell.Kind == CellKind.Text)))
            .Where(row => row.Texts >= 2)
            .OrderByDescending(row => row.Texts)
            .Select(row => row.Row)
            .FirstOrDefault() ?? best;
    }

    /// <summary>The column of a heading by its own name or by what staff have said; <c>IsLeftOut</c> when they said to leave it out.</summary>
    public static (FileColumn? Column, bool IsLeftOut) Match(string heading, FileRules rules)
    {
        var key = FileColumn.KeyOf(heading);
        foreach (var column in rules.Kind.Columns)
        {
            if (FileColumn.KeyOf(column.Name) == key)
            {
                return (column, false);
            }
        }

        return rules.Mapping.Headings.TryGetValue(key, out var means)
            ? (means is null ? null : rules.Kind.Find(means), means is null)
            : (null, false);
    }

    /// <summary>The free column whose words the heading shares most of, as a first proposal; null when it shares none.</summary>
    public static string? Suggest(string heading, IEnumerable<string> free)
    {
        var words = FileColumn.KeyOf(heading).Split('_');
        return free.Select(name => (Name: name, Shared: name.Split('_').Count(word => words.Any(own => own == word || own == word + "s"))))
            .Where(column => column.Shared > 0)
            .OrderByDescending(column => column.Shared * 10 / column.Name.Split('_').Length)
            .Select(column => column.Name)
            .FirstOrDefault();
    }

    private static IEnumerable<SheetRow> First(IReadOnlyList<SheetRow> rows) => rows.TakeWhile(row => row.Number <= FileTable.HeaderWithin);

    private static (SheetRow? Row, int Matches) Best(IReadOnlyList<SheetRow> rows, FileRules rules)
    {
        var (best, most) = ((SheetRow?)null, 0);
        foreach (var row in First(rows))
        {
            var matches = row.Cells.Where(cell => cell.Kind == CellKind.Text).Select(cell => Match(cell.Words, rules).Column).OfType<FileColumn>().Distinct().Count();
            (best, most) = matches > most ? (row, matches) : (best, most);
        }

        return (best, most);
    }
}
