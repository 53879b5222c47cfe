using System.Globalization;
using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Platform.Files;

public sealed class CellValuesTests
{
    [Theory]
    [InlineData("27-Mar-25")]
    [InlineData("27/03/25")]
    [InlineData("27/3/2025")]
    [InlineData("27.03.2025")]
    [InlineData("27 March 2025")]
    [InlineData("27th Mar 2025")]
    [InlineData("Thu 27/03/2025")]
    [InlineData("Thursday, 27 March 2025")]
    [InlineData("27/03/2025 00:00")]
    [InlineData("27/03/2025 2:15 PM")]
    [InlineData("2025-03-27 00:00:00")]
    [InlineData("2025-03-27T09:30:00Z")]
    [InlineData("2025-03-27")]
    public void Date_AsPeopleAndExcelWriteIt_IsRead(string written) =>
        Assert.Equal(new DateOnly(2025, 3, 27), CellValues.Date(Cell.OfText(written)));

    [Theory]
    [InlineData("03/27/2025")]
    [InlineData("2025-02-30")]
    [InlineData("27 March")]
    [InlineData("27/03/1999")]
    [InlineData("March 2025")]
    [InlineData("tomorrow")]
    public void Date_OfAnotherOrder_IsNone(string written) => Assert.Null(CellValues.Date(Cell.OfText(written)));

    [Fact]
    public void Date_TwoDigitYears_AreThisCentury() =>
        Assert.Equal(new DateOnly(2099, 12, 31), CellValues.Date(Cell.OfText("31/12/99")));

    [Theory]
    [InlineData("9.30")]
    [InlineData("9:30")]
    [InlineData("9:30 AM")]
    [InlineData("9.30am")]
    [InlineData("09:30:00")]
    [InlineData("0930")]
    [InlineData("9.3")]
    [InlineData("0.395833333")]
    [InlineData("27/03/2025 09:30")]
    public void Time_AsPeopleAndExcelWriteIt_IsRead(string written) =>
        Assert.Equal(new TimeOnly(9, 30), CellValues.Time(Cell.OfText(written)));

    [Theory]
    [InlineData("9.5")]
    [InlineData("25:00")]
    [InlineData("4")]
    [InlineData("half nine")]
    public void Time_ThatMayMeanTwoThings_IsNone(string written) => Assert.Null(CellValues.Time(Cell.OfText(written)));

    [Theory]
    [InlineData("52.5", 5250)]
    [InlineData("79", 7900)]
    [InlineData(" £82.00 ", 8200)]
    [InlineData("£1,082.5", 108250)]
    [InlineData("£ 1,082.50", 108250)]
    [InlineData("£ -   ", 0)]
    [InlineData("0", 0)]
    [InlineData("FREE", 0)]
    public void Money_AsPeopleAndExcelWriteIt_IsRead(string written, int pence) =>
        Assert.Equal(pence, CellValues.Money(Cell.OfText(written))?.Pence);

    [Theory]
    [InlineData("-55")]
    [InlineData("52.505")]
    [InlineData("cheap")]
    public void Money_ThatIsNone_IsNone(string written) => Assert.Null(CellValues.Money(Cell.OfText(written)));

    [Theory]
    [InlineData("-2+3")]
    [InlineData("=1")]
    [InlineData("@cmd")]
    [InlineData("'=already")]
    [InlineData("O'Brien")]
    [InlineData("'quoted'")]
    public void Neutralised_AndReadAgain_IsTheSame(string text) =>
        Assert.Equal(text, Cell.OfText(SpreadsheetText.Neutralise(text)).Words);

    [Theory]
    [InlineData("dd/mm/yyyy", true)]
    [InlineData("[$-809]dd mmmm yyyy;@", true)]
    [InlineData("[h]:mm", true)]
    [InlineData("\"day\" 0", false)]
    [InlineData("_-£* #,##0.00_-;[Red]-£* #,##0.00_-", false)]
    [InlineData("General", false)]
    [InlineData("0.00E+00", false)]
    public void IsMoment_FormatCode_IsTold(string code, bool isMoment) => Assert.Equal(isMoment, NumberFormats.IsMoment(code));

    [Fact]
    public void Number_OfAWorkbook_IsShownWithoutZerosAtItsEnd() =>
        Assert.Equal("52.5", Cell.OfNumber(decimal.Parse("52.50", CultureInfo.InvariantCulture)).Words);
}
