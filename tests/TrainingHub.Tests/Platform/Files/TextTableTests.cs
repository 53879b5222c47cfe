using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Platform.Files;

public sealed class TextTableTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Poole, Dorset", "\"Poole, Dorset\"")]
    [InlineData("say \"yes\"", "\"say \"\"yes\"\"\"")]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0")]
    public void Csv_OfACell_IsQuotedAndRunsNothing(string value, string written)
    {
        var csv = new TextTable(["a"], [[value]]).ToCsv();

        Assert.Equal($"a\n{written}\n", csv);
    }

    [Fact]
    public void CsvFile_BeginsWithTheMarkThatExcelLooksFor() =>
        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'a'], new TextTable(["a"], [["£1"]]).ToCsvFile().Take(4));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Download_ReadAgain_IsWhatWasWritten(bool isWorkbook)
    {
        string[][] rows = [["2026-04", "-2+3", "-55.50", "82"], ["2026-05", "'=x", "000123", "O’Brien, £5"]];
        var report = new TextTable(["month", "course", "paid", "places"], rows);
        var file = isWorkbook ? await report.ToWorkbookAsync("income", TestContext.Current.CancellationToken) : report.ToCsvFile();

        var read = FileContent.Parse(file, _ => true).Sheets[0].Rows.Skip(1).Select(row => row.Cells).ToList();

        Assert.Equal(["-2+3", "'=x"], read.Select(row => row[1].Words));
        Assert.Equal(["-55.5", "000123"], read.Select(row => row[2].Words.Replace("-55.50", "-55.5", StringComparison.Ordinal)));
        Assert.Equal(["82", "O’Brien, £5"], read.Select(row => row[3].Words));
        Assert.Equal(isWorkbook ? CellKind.Moment : CellKind.Text, read[0][0].Kind);
    }
}
