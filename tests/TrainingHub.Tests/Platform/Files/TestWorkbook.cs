using System.IO.Compression;
using System.Security;
using System.Text;

namespace TrainingHub.Tests.Platform.Files;

/// <summary>
/// Makes workbooks as Excel writes them, part by part, so that a test can plant what no library would write. Styles: 1 is a date
/// (dd/mm/yyyy), 2 a time (hh:mm), 3 pounds, 4 a custom date with a quoted text.
/// </summary>
internal sealed class TestWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/relationships";

    private readonly List<(string Name, string State, string Rows)> sheets = [];
    private readonly Dictionary<string, byte[]> extra = [];
    private readonly List<string> shared = [];

    public bool Is1904 { get; init; }

    /// <summary>A table of texts: shared strings, as Excel stores them.</summary>
    public TestWorkbook Table(string csv, string name = "Sheet1", string state = "visible")
    {
        var rows = csv.Split('\n', StringSplitOptions.TrimEntries).Select(line => line.Split(',').Select(cell => cell.Length == 0 ? "" : Shared(cell)));
        return Sheet(string.Concat(rows.Select((row, number) => $"<row r=\"{number + 1}\">{string.Concat(row.Select((cell, place) => At(cell, place, number + 1)))}</row>")), name, state);
    }

    /// <param name="rows">The content of sheetData as XML; with a closing tag in front, what follows it too.</param>
    public TestWorkbook Sheet(string rows, string name = "Sheet1", string state = "visible")
    {
        sheets.Add((name, state, rows));
        return this;
    }

    public TestWorkbook Part(string path, string content) => Part(path, Encoding.UTF8.GetBytes(content));

    public TestWorkbook Part(string path, byte[] content)
    {
        extra[path] = content;
        return this;
    }

    public static string Text(string text) => $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>";

    public static string Number(string value, int style = 0) => $"<c s=\"{style}\"><v>{value}</v></c>";

    public static string Row(params string[] cells) => $"<row>{string.Concat(cells)}</row>";

    public byte[] ToBytes()
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in Parts().Concat(extra.Select(part => (part.Key, part.Value))).GroupBy(part => part.Item1).Select(part => part.Last()))
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(content);
            }
        }

        return output.ToArray();
    }

    private string Shared(string text)
    {
        shared.Add(text);
        return $"<c r=\"AT\" t=\"s\"><v>{shared.Count - 1}</v></c>";
    }

    private static string At(string cell, int place, int row) => cell.Replace("\"AT\"", $"\"{(char)('A' + place)}{row}\"", StringComparison.Ordinal);

    private IEnumerable<(string, byte[])> Parts()
    {
        var numbered = sheets.Select((sheet, index) => (sheet, Number: index + 1)).ToList();
        (string, string)[] texts =
        [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("_rels/.rels", $"<Relationships xmlns=\"{Packages}\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
            ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><workbookPr date1904=\"{(Is1904 ? 1 : 0)}\"/><sheets>"
                + string.Concat(numbered.Select(sheet => $"<sheet name=\"{sheet.sheet.Name}\" sheetId=\"{sheet.Number}\" state=\"{sheet.sheet.State}\" r:id=\"s{sheet.Number}\"/>"))
                + "</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Packages}\">"
                + string.Concat(numbered.Select(sheet => $"<Relationship Id=\"s{sheet.Number}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{sheet.Number}.xml\"/>"))
                + $"<Relationship Id=\"st\" Type=\"{Office}/styles\" Target=\"styles.xml\"/><Relationship Id=\"ss\" Type=\"{Office}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>"),
            ("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"&quot;£&quot;#,##0.00\"/><numFmt numFmtId=\"165\" formatCode=\"[$-809]&quot;day &quot;dd mmmm\"/></numFmts>"
                + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>"),
            ("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(shared.Select(text => $"<si><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></si>"))}</sst>"),
            .. numbered.Select(sheet => ($"xl/worksheets/sheet{sheet.Number}.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{sheet.sheet.Rows}</sheetData></worksheet>")),
        ];
        return texts.Select(part => (part.Item1, Encoding.UTF8.GetBytes(part.Item2)));
    }
}
