using System.IO.Compression;
using System.Text;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using Xunit;
using static TrainingHub.Tests.Platform.Files.TestWorkbook;

namespace TrainingHub.Tests.Platform.Files;

public sealed class WorkbookTests
{
    private const string Header = "<row><c t=\"inlineStr\"><is><t>course</t></is></c><c t=\"inlineStr\"><is><t>date</t></is></c><c t=\"inlineStr\"><is><t>start</t></is></c><c t=\"inlineStr\"><is><t>fee</t></is></c></row>";

    private static readonly FileColumn[] Columns =
    [
        FileColumn.Required("course"),
        FileColumn.Required("date", ColumnKind.Date),
        FileColumn.Optional("start", ColumnKind.Time),
        FileColumn.Optional("fee", ColumnKind.Money),
    ];

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "This is an old Excel file (.xls).", [0xD0, 0xCF, 0x11, 0xE0, .. new byte[600]] },
        { "This workbook is protected by a password.", [0xD0, 0xCF, 0x11, 0xE0, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")] },
        { "This is an OpenDocument file (.ods).", Zip("mimetype", "content.xml") },
        { "This is a Numbers file.", Zip("Index/Document.iwa") },
        { "This is a compressed folder (.zip).", Zip("programme.csv") },
        { "This workbook holds macros (.xlsm).", Zip("[Content_Types].xml", "xl/vbaProject.bin") },
        { "This is a document or a presentation", Zip("[Content_Types].xml", "word/document.xml") },
        { "This is a binary Excel file (.xlsb).", Zip("[Content_Types].xml", "xl/workbook.bin") },
        { "This is a web page", "<html><table><tr><td>course</td></tr></table></html>"u8.ToArray() },
        { "This is not a spreadsheet or a CSV file, but a PDF.", "%PDF-1.7"u8.ToArray() },
        { "The file is empty.", [] },
        { "The file is damaged or was cut off.", Whole()[..^200] },
        { "The file is damaged or was cut off.", [0x50, 0x4B, 3, 4, .. new byte[50]] },
        { "The file is damaged or was cut off.", new TestWorkbook().Sheet("<row><c t=\"s\"><v>7</v></c></row>").ToBytes() },
        { "The file is damaged or was cut off.", new TestWorkbook().Table("course,date").Part("xl/sharedStrings.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><sst/>").ToBytes() },
        { "The file is damaged or was cut off.", new TestWorkbook().Table("course,date").Part("xl/sharedStrings.xml", Encoding.Unicode.GetPreamble()).ToBytes() },
        { "The file unpacks to more", new TestWorkbook().Sheet($"<row><c t=\"inlineStr\"><is><t>{new string('a', 3_000_000)}</t></is></c></row>").ToBytes() },
        { "The file unpacks to more", new TestWorkbook().Table("course,date").Part("xl/big.xml", new byte[101 << 20]).ToBytes() },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Read_FileOfAnotherKindOrHostile_SaysInASentenceWhatItIs(string says, byte[] file)
    {
        var table = await ReadAsync(file);

        Assert.StartsWith(says, Assert.Single(table.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_CellsOfEveryKind_GivesTheirValues()
    {
        var table = await ReadAsync(new TestWorkbook().Sheet(Header
            + Row(Text("A_x0042_C"), Number("45743", 1), Number("0.3958333333", 2), Number("52.499999999999993", 3))
            + Row("<c t=\"inlineStr\"><is><r><t>Rich </t></r><r><t>text</t></r><rPh><t>no</t></rPh></is></c>", Number("45743.4", 4), Number("9.3"), Number("79"))
            + Row("<c t=\"str\"><f>A1&amp;B1</f><v>Worked out</v></c>", "<c t=\"d\"><v>2025-03-27T00:00:00</v></c>", Text("0930"), Text(" £ -   "))
            + Row(Text("'=1+1"), Text("27-Mar-25"), Number("930"), "")).ToBytes());

        Assert.Empty(table.Errors);
        Assert.Equal(["ABC", "Rich text", "Worked out", "=1+1"], table.Rows.Select(row => row.Text("course")));
        Assert.All(table.Rows, row => Assert.Equal((new DateOnly(2025, 3, 27), new TimeOnly(9, 30)), (row.Date("date"), row.Time("start"))));
        Assert.Equal([new Money(5250), new Money(7900), new Money(0), null], table.Rows.Select(row => row.Money("fee")));
    }

    [Fact]
    public async Task Read_DatesOf1904_AreTheSameDays()
    {
        var table = await ReadAsync(new TestWorkbook { Is1904 = true }.Sheet(Header + Row(Text("A"), Number("44281", 1))).ToBytes());

        Assert.Equal(new DateOnly(2025, 3, 27), Assert.Single(table.Rows).Date("date"));
    }

    [Fact]
    public async Task Read_HiddenSheetFirstAndNotesBefore_TakesTheFirstVisibleWithTheHeadings()
    {
        var table = await ReadAsync(new TestWorkbook()
            .Table("course,date\nHidden,2025-01-01", "Old", "hidden")
            .Table("Read me\nNothing here", "Notes")
            .Table("Programme 2025\n\ncourse,date\nShown,2025-03-27", "Dates")
            .ToBytes());

        Assert.Equal("Shown", Assert.Single(table.Rows).Text("course"));
        Assert.Equal("Excel workbook, sheet “Dates”, headings in row 3", table.Reading.Words);
    }

    [Fact]
    public async Task Read_MergedDownwards_StandsInEachRow()
    {
        var table = await ReadAsync(new TestWorkbook().Sheet(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>course</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>date</t></is></c></row>"
            + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>A</t></is></c><c r=\"B2\" s=\"1\"><v>45743</v></c></row>"
            + "<row r=\"3\"><c r=\"B3\" s=\"1\"><v>45744</v></c></row>"
            + "</sheetData><mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells><sheetData>").ToBytes());

        Assert.Equal(["A", "A"], table.Rows.Select(row => row.Text("course")));
    }

    [Theory]
    [InlineData("<c t=\"e\"><v>#N/A</v></c>", "Row 2, date: This cell shows #N/A.")]
    [InlineData("<c><f>TODAY()</f></c>", "Row 2, date: This formula has no result in the file.")]
    [InlineData("<c><f>TODAY()</f><v></v></c>", "Row 2, date: This formula has no result in the file.")]
    [InlineData("<c><v>45743</v></c>", "Row 2, date: “45743” is not a date.")]
    public async Task Read_CellWithoutAValue_NamesIt(string cell, string says)
    {
        var table = await ReadAsync(new TestWorkbook().Sheet(Header + Row(Text("A"), cell)).ToBytes());
        _ = table.Rows[0].Date("date");

        Assert.StartsWith(says, Assert.Single(table.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OneCellInTheLastCorner_IsTwoRowsAndQuick()
    {
        var table = await ReadAsync(new TestWorkbook().Sheet(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>course</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>date</t></is></c></row>"
            + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>").ToBytes());

        Assert.Empty(table.Rows);
    }

    [Fact]
    public async Task Read_ThousandsOfMutatedFiles_AlwaysEndsInRowsOrASentence()
    {
        var whole = Whole();
        var random = new Random(20261128);
        for (var number = 0; number < 2_000; number++)
        {
            var file = (byte[])whole.Clone();
            for (var change = 0; change < 1 + (number % 6); change++)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            var table = await ReadAsync(file);
            Assert.All(table.Errors, error => Assert.DoesNotContain("Exception", error.Message, StringComparison.Ordinal));
        }
    }

    private static byte[] Whole() => new TestWorkbook().Table("course,date,start,fee\nA,2025-03-27,09:30,82\nB,27/03/2025,9.30,FREE").ToBytes();

    private static byte[] Zip(params string[] entries)
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                zip.CreateEntry(entry);
            }
        }

        return output.ToArray();
    }

    private static async Task<FileTable> ReadAsync(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return await FileTable.ReadAsync(stream, Columns, TestContext.Current.CancellationToken);
    }
}
