using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.Reporting;

public sealed class ReportTableTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Poole, Dorset", "\"Poole, Dorset\"")]
    [InlineData("say \"yes\"", "\"say \"\"yes\"\"\"")]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("-1.5", "-1.5")]
    public void Csv_OfACell_IsQuotedAndRunsNothing(string value, string written)
    {
        var csv = new ReportTable(["a"], [[value]]).ToCsv();

        Assert.Equal($"a\n{written}\n", csv);
    }

    [Theory]
    [InlineData(1, 83, "1.2")]
    [InlineData(2876, 3143, "91.5")]
    [InlineData(1, 16, "6.3")]
    [InlineData(0, 0, "")]
    public void Percent_HasOneDecimal_HalvesAwayFromZero(long part, long whole, string words) =>
        Assert.Equal(words, ReportTable.Percent(part, whole));
}
