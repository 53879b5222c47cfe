using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Platform;

public sealed class CivilDateTests
{
    [Theory]
    [InlineData("1 jan 2027")]
    [InlineData("1 JANUARY 2027")]
    [InlineData("1st Jan 2027")]
    [InlineData("1st of january, 2027")]
    [InlineData("Jan 1, 2027")]
    [InlineData("Jan. 1st 2027")]
    [InlineData("Fri 1 Jan 27")]
    [InlineData("friday, 1st january 2027")]
    [InlineData("1-jan-27")]
    [InlineData("1/1/27")]
    [InlineData("01.01.2027")]
    [InlineData("2027-01-01")]
    [InlineData("  1   January   2027 ")]
    public void Parse_AsPeopleWriteIt_IsRead(string written) => Assert.Equal(new DateOnly(2027, 1, 1), CivilDate.Parse(written));

    [Theory]
    [InlineData("3 sept 2027")]
    [InlineData("3rd September 2027")]
    [InlineData("SEP 3 2027")]
    public void Parse_September_IsReadInItsThreeLengths(string written) => Assert.Equal(new DateOnly(2027, 9, 3), CivilDate.Parse(written));

    [Theory]
    [InlineData("")]
    [InlineData("30 feb 2027")]
    [InlineData("1 janv 2027")]
    [InlineData("13/13/2027")]
    [InlineData("jan 2027")]
    [InlineData("1 jan")]
    [InlineData("next friday")]
    public void Parse_NoDate_IsNull(string written) => Assert.Null(CivilDate.Parse(written));
}
