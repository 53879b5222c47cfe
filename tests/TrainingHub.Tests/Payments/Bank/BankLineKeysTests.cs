using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>The same payment has the same key in every file, and two payments that are alike have two.</summary>
public sealed class BankLineKeysTests
{
    private static readonly CreditLine One = new(2, new DateOnly(2026, 4, 15), 11000, "ST MARYS", "ST MARYS INV-00042", "12345678", 11000);

    [Fact]
    public void Key_OfTheSamePaymentInAnotherFile_IsTheSame() =>
        Assert.Equal(BankLineKeys.Of([One]), BankLineKeys.Of([One with { Row = 90, BalancePence = 5, Text = "St  Marys INV-00042 " }]));

    [Fact]
    public void Key_OfTwoThatAreAlike_AreTwo_AndTheSameTwoTheNextTime()
    {
        var both = BankLineKeys.Of([One, One with { Row = 3 }]);

        Assert.NotEqual(both[0], both[1]);
        Assert.Equal(both, BankLineKeys.Of([One with { Row = 7 }, One with { Row = 8 }]));
        Assert.Equal(both[0], BankLineKeys.Of([One])[0]);
    }

    [Fact]
    public void Key_OfAnythingElse_IsAnother()
    {
        var all = new[] { One, One with { PaidOn = One.PaidOn.AddDays(1) }, One with { Pence = 1 }, One with { Text = "B" }, One with { Account = "1" } }
            .Select(line => BankLineKeys.Of([line])[0]);

        Assert.Equal(5, all.Distinct().Count());
    }
}
