using System.Text;
using TrainingHub.People;
using Xunit;

namespace TrainingHub.Tests.People;

public sealed class TotpTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B: the last six of its eight figures.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void CodeOf_TimesOfTheStandard_GivesItsCodes(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeOf(Key, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void StepOf_ClocksThatDiffer_TakesTheStepBesideAlone(int ahead, bool isTaken)
    {
        var now = new DateTimeOffset(2027, 3, 27, 9, 30, 15, TimeSpan.Zero);

        Assert.Equal(isTaken ? Totp.StepAt(now) + ahead : null, Totp.StepOf(Key, Totp.CodeOf(Key, Totp.StepAt(now) + ahead), now));
    }

    [Fact]
    public void StepOf_CodeWithASpaceInTheMiddle_IsTaken()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111109);

        Assert.NotNull(Totp.StepOf(Key, " 081 804 ", now));
        Assert.Null(Totp.StepOf(Key, "81804", now));
    }

    [Fact]
    public void AddressOf_AnAccount_IsWhatAppsRead() => Assert.Equal(
        "otpauth://totp/County%20training:ann%40partnership.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=County%20training&algorithm=SHA1&digits=6&period=30",
        Totp.AddressOf(Key, "County training", "ann@partnership.example"));

    [Fact]
    public void TextOf_AKey_HasNoOtherLettersThanBase32() =>
        Assert.Matches("^[A-Z2-7]{32}$", Totp.TextOf(Totp.NewKey()));
}
