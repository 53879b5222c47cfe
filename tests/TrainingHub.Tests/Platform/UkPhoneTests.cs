using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Platform;

public sealed class UkPhoneTests
{
    [Theory]
    [InlineData("01632 960 199", "01632960199")]
    [InlineData("+44 (0)20 7946 0000", "02079460000")]
    [InlineData("0044 7700 900123", "07700900123")]
    [InlineData("0800 1111", "08001111")]
    [InlineData("(0116) 496-0199", "01164960199")]
    [InlineData("999", "999")]
    [InlineData("016977 2345", "0169772345")]
    public void Digits_NumberThatCanBeDialled_AreThose(string typed, string digits) => Assert.Equal(digits, UkPhone.Digits(typed));

    [Theory]
    [InlineData("by pigeon")]
    [InlineData("01632 960 199 ext 4")]
    [InlineData("01632 960 1")]
    [InlineData("01632 960 120 / 960 121")]
    [InlineData("+33 1 23 45 67 89")]
    [InlineData("0909 123 4567")]
    [InlineData("07011 123456")]
    [InlineData("12345")]
    [InlineData("")]
    [InlineData(null)]
    public void Digits_NumberThatNobodyCanDial_AreNone(string? typed) => Assert.Null(UkPhone.Digits(typed));
}
