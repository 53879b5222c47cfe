using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Platform;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(0, "Free", "0.00", "0.00")]
    [InlineData(5250, "£52.50", "52.50", "52.50")]
    [InlineData(4_317_500, "£43,175", "43175.00", "43,175.00")]
    public void Amount_OnAPageAndInAFile_IsSeparatedForReadersOnly(int pence, string words, string file, string column)
    {
        var money = new Money(pence);

        Assert.Equal((words, file, column), (money.ToString(), money.Amount, money.Column));
    }
}
