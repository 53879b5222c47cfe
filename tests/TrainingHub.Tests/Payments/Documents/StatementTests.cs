using TrainingHub.Payments;
using TrainingHub.Tests.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Payments.Documents;

public sealed class StatementTests
{
    private static readonly DateOnly Today = new(2026, 6, 30);

    private static Statement Made(params IReadOnlyList<StatementLine> all)
    {
        var (brought, lines) = Statement.Since(new DateOnly(2026, 4, 1), all);
        return new Statement
        {
            Seller = SampleDocuments.Invoice().Seller,
            Party = "St Brannoc’s Primary School",
            AddressLines = ["Church Lane", "Little Marlow"],
            From = new DateOnly(2026, 4, 1),
            To = Today,
            BroughtForwardPence = brought,
            Lines = lines,
            Open = [new("INV-00003", new(2026, 5, 2), new(2026, 6, 1), null, 16_400, 16_400)],
            HowToPay = "Sort code 00-00-00",
        };
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(30, 1)]
    [InlineData(31, 2)]
    [InlineData(60, 2)]
    [InlineData(61, 3)]
    [InlineData(90, 3)]
    [InlineData(91, 4)]
    [InlineData(-30, 0)]
    public void AgedDebt_DaysPastDue_StandInOneBand(int daysPast, int band)
    {
        var aged = AgedDebt.Of(100, Today.AddDays(-daysPast), Today);

        Assert.Equal(band, Array.IndexOf([aged.NotDue, aged.To30, aged.To60, aged.To90, aged.Over90], 100));
        Assert.Equal(100, aged.Total);
    }

    [Fact]
    public void Statement_EarlierAndLater_BringsForwardAndRuns()
    {
        var statement = Made(
            new(new(2026, 5, 2), "Invoice INV-00003", "", 16_400),
            new(new(2026, 3, 1), "Invoice INV-00001", "", 8_200),
            new(new(2026, 4, 20), "Payment", "bank transfer", -9_000));

        Assert.Equal(8_200, statement.BroughtForwardPence);
        Assert.Equal([-800, 15_600], statement.Running().Select(line => line.BalancePence));
        Assert.Equal(15_600, statement.BalancePence);
        Assert.Equal(800, statement.UnusedPence);
        Assert.Equal(16_400, statement.Aged.To30);
    }

    [Fact]
    public void StatementPdf_SumsBelowNought_HaveASignAndATable()
    {
        var pdf = new PdfFile(StatementPdf.Write(Made(new StatementLine(new(2026, 4, 20), "Payment", "bank transfer", -9_000))));

        Assert.Contains("−90.00", pdf.Text, StringComparison.Ordinal);
        Assert.Contains("£90.00 in your favour", pdf.Text, StringComparison.Ordinal);
        Assert.Contains("INV-00003", pdf.Text, StringComparison.Ordinal);
        Assert.Equal(4, pdf.Tags.Count(tag => tag == "Table"));
    }
}
