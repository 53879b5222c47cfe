using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TrainingHub.Reporting;

/// <summary>A report as a table of text, one way for the page's download, the command and the file. First row = columns.</summary>
internal sealed record ReportTable(string[] Columns, IReadOnlyList<string[]> Rows)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// RFC 4180, LF line ends, UTF-8 without a mark. Text that a spreadsheet would run as a formula starts with an apostrophe
    /// (OWASP ASVS 5.0, 1.2.10).
    /// </summary>
    public string ToCsv()
    {
        var csv = new StringBuilder();
        foreach (var row in Rows.Prepend(Columns))
        {
            csv.AppendJoin(',', row.Select(Cell)).Append('\n');
        }

        return csv.ToString();
    }

    public string ToJson() => JsonSerializer.Serialize(
        Rows.Select(row => Columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)), Indented) + "\n";

    /// <summary>One decimal, halves away from zero as published figures round; empty when there is nothing to divide by.</summary>
    public static string Percent(long part, long whole) => whole == 0 ? "" : OneDecimal(100m * part / whole);

    public static string OneDecimal(decimal value) =>
        Math.Round(value, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Cell(string value)
    {
        var safe = value.Length > 0 && "=+@\t\r".Contains(value[0], StringComparison.Ordinal) ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\n\r") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
