using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.Reporting;

public sealed class ReportNumbersTests
{
    [Theory]
    [InlineData(1, 83, "1.2")]
    [InlineData(2876, 3143, "91.5")]
    [InlineData(1, 16, "6.3")]
    [InlineData(0, 0, "")]
    public void Percent_HasOneDecimal_HalvesAwayFromZero(long part, long whole, string words) =>
        Assert.Equal(words, ReportNumbers.Percent(part, whole));
}
