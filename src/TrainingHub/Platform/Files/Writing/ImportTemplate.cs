using SpreadCheetah.Validations;

namespace TrainingHub.Platform.Files;

/// <summary>
/// An empty workbook for a kind of file: the columns, one example row, and the allowed names on a second sheet, which Excel offers in
/// the cells. The example is recognised and left out when the file comes back with it.
/// </summary>
internal static class ImportTemplate
{
    private const string ListSheet = "Lists";
    private const int LastRow = 5_000;

    public static async Task<byte[]> WriteAsync(FileKind kind, IReadOnlyDictionary<string, IReadOnlyList<string>> allowed, CancellationToken ct)
    {
        using var output = new MemoryStream();
        await using (var writer = await WorkbookWriter.CreateAsync(output, ct))
        {
            var lists = kind.Columns.Where(column => allowed.ContainsKey(column.Name)).ToList();
            await writer.AddSheetAsync("Data", [.. kind.Columns.Select(column => column.Name)], [[.. kind.Columns.Select(column => Example(column, allowed))]], ct);
            for (var place = 0; place < kind.Columns.Count; place++)
            {
                var column = kind.Columns[place];
                if (allowed.TryGetValue(column.Name, out var names) && names.Count > 0)
                {
                    var letter = FileHeadings.LetterOf(place);
                    var list = FileHeadings.LetterOf(lists.IndexOf(column));
                    var validation = DataValidation.ListValuesFromCells(ListSheet, $"{list}2:{list}{names.Count + 1}");
                    // A cell of several toolkits is no single name of the list.
                    validation.ErrorType = ValidationErrorType.Information;
                    writer.Book.AddDataValidation($"{letter}2:{letter}{LastRow}", validation);
                }
            }

            var longest = lists.Count == 0 ? 0 : lists.Max(column => allowed[column.Name].Count);
            await writer.AddSheetAsync(
                ListSheet,
                [.. lists.Select(column => column.Name)],
                [.. Enumerable.Range(0, longest).Select(index => lists.Select(column => allowed[column.Name].ElementAtOrDefault(index) ?? "").ToArray())],
                ct);
            await writer.AddSheetAsync(
                "How to fill it in",
                ["column", "needed", "how to write it"],
                [.. kind.Columns.Select(column => new[] { column.Name, column.IsRequired ? "in every row" : "may be left empty", Advice(column) })],
                ct);
            await writer.FinishAsync(ct);
        }

        return output.ToArray();
    }

    /// <summary>Whether a row is the example that a template brings along.</summary>
    public static bool IsExample(FileKind kind, Func<FileColumn, string?> cell) =>
        kind.Columns.Any(column => column.Example.Length > 0)
        && kind.Columns.All(column => (column is { Kind: ColumnKind.Listed, Example: "" }) || cell(column) is not { } written || written == CellValues.Shown(Cell.OfText(column.Example), column.Kind));

    // Names of lists belong to the partnership: the first that is allowed.
    private static string Example(FileColumn column, IReadOnlyDictionary<string, IReadOnlyList<string>> allowed) =>
        column.Example.Length == 0 && allowed.TryGetValue(column.Name, out var names) && names.Count > 0 ? names[0] : column.Example;

    private static string Advice(FileColumn column) => column.Kind switch
    {
        ColumnKind.Text or ColumnKind.LongText => $"text of at most {column.MaxLength} characters",
        ColumnKind.Date => "a date, day first: 27/03/2027",
        ColumnKind.Time => "a time: 09:30",
        ColumnKind.Money => "pounds: 82, 52.50 or FREE",
        ColumnKind.Whole => "a whole number",
        ColumnKind.YesNo => "Yes or No",
        ColumnKind.Listed => $"a name from the sheet “{ListSheet}”",
    };
}
