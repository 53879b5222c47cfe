using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TrainingHub.Platform.Files;

/// <summary>A report or a list as a table of text, one way for the page's download, the command and the file. First row = columns.</summary>
internal sealed partial record TextTable(string[] Columns, IReadOnlyList<string[]> Rows)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>RFC 4180, LF line ends. Text that a spreadsheet would run as a formula starts with an apostrophe; numbers do not.</summary>
    public string ToCsv()
    {
        var csv = new StringBuilder();
        foreach (var row in Rows.Prepend(Columns))
        {
            csv.AppendJoin(',', row.Select(Cell)).Append('\n');
        }

        return csv.ToString();
    }

    /// <summary>In UTF-8 with the mark by which Excel knows it: without it £ opens as Â£.</summary>
    public byte[] ToCsvFile() => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(ToCsv())];

    /// <summary>A workbook with real numbers and months.</summary>
    public Task<byte[]> ToWorkbookAsync(string name, CancellationToken ct) => WorkbookWriter.TableAsync(name, Columns, Rows, ct);

    public string ToJson() => JsonSerializer.Serialize(
        Rows.Select(row => Columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)), Indented) + "\n";

    private static string Cell(string value)
    {
        var safe = Number().IsMatch(value) ? value : SpreadsheetText.Neutralise(value);
        return safe.AsSpan().IndexOfAny(",\"\n\r") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    [GeneratedRegex(@"^-?\d+(\.\d+)?$")]
    private static partial Regex Number();
}
