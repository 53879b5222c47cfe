using System.Globalization;
using System.Text.RegularExpressions;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace TrainingHub.Platform.Files;

/// <summary>
/// Writes workbooks whose numbers, months and dates are real ones. What is written as 82.50, 2026-04 or 2026-04-30 becomes one;
/// anything else, "000123" too, stays the text that it is, and no text is ever run.
/// </summary>
internal sealed partial class WorkbookWriter : IAsyncDisposable
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int NarrowestColumn = 10;
    private const int WidestColumn = 45;

    private readonly Spreadsheet book;
    private readonly StyleId heading;
    private readonly StyleId date;
    private readonly StyleId month;
    private readonly StyleId time;
    private readonly StyleId twoDecimals;

    private WorkbookWriter(Spreadsheet book)
    {
        this.book = book;
        var bold = new Style();
        bold.Font.Bold = true;
        heading = book.AddStyle(bold);
        date = book.AddStyle(new Style { Format = NumberFormat.Custom("dd/mm/yyyy") });
        month = book.AddStyle(new Style { Format = NumberFormat.Custom("mmm yyyy") });
        time = book.AddStyle(new Style { Format = NumberFormat.Custom("hh:mm") });
        twoDecimals = book.AddStyle(new Style { Format = NumberFormat.Custom("#,##0.00") });
    }

    public Spreadsheet Book => book;

    public static async Task<WorkbookWriter> CreateAsync(Stream output, CancellationToken ct) =>
        new(await Spreadsheet.CreateNewAsync(output, cancellationToken: ct));

    /// <summary>A workbook of one sheet: a report as a download.</summary>
    public static async Task<byte[]> TableAsync(string sheet, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows, CancellationToken ct)
    {
        using var output = new MemoryStream();
        await using (var writer = await CreateAsync(output, ct))
        {
            await writer.AddSheetAsync(sheet, columns, rows, ct);
            await writer.FinishAsync(ct);
        }

        return output.ToArray();
    }

    public async Task AddSheetAsync(string name, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, CancellationToken ct)
    {
        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var place = 0; place < columns.Count; place++)
        {
            var longest = rows.Take(1_000).Select(row => row.ElementAtOrDefault(place)?.Length ?? 0).Append(columns[place].Length).Max();
            options.Column(place + 1).Width = Math.Clamp(longest + 2, NarrowestColumn, WidestColumn);
        }

        await book.StartWorksheetAsync(name, options, ct);
        await book.AddHeaderRowAsync([.. columns], heading, ct);
        foreach (var row in rows)
        {
            await book.AddRowAsync([.. row.Select(CellOf)], ct);
        }
    }

    public ValueTask FinishAsync(CancellationToken ct) => book.FinishAsync(ct);

    public ValueTask DisposeAsync() => book.DisposeAsync();

    private StyledCell CellOf(string value)
    {
        if (Number().IsMatch(value))
        {
            return new StyledCell(decimal.Parse(value, CultureInfo.InvariantCulture), value.Contains('.', StringComparison.Ordinal) && value[^3] == '.' ? twoDecimals : null);
        }

        if (DateTime.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new StyledCell(day, date);
        }

        if (TimeOnly.TryParseExact(value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            return new StyledCell((decimal)clock.ToTimeSpan().TotalDays, time);
        }

        return DateTime.TryParseExact(value, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            ? new StyledCell(first, month)
            : new StyledCell(value.StartsWith('\'') ? SpreadsheetText.Neutralise(value) : value, null);
    }

    [GeneratedRegex(@"^-?(?:0|[1-9]\d{0,13})(?:\.\d{1,2})?$")]
    private static partial Regex Number();
}
