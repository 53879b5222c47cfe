using System.Text;
using TrainingHub.Payments;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

public sealed class StripeSignatureTests
{
    private static readonly string Secret = StripeDoubleOptions.WithNewKeys().WebhookSecret;
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":"evt_1","note":"£82 – naïve"}""");

    private static string Header(DateTimeOffset at, string? secret = null) => WebhookSender.SignatureHeader(Body, secret ?? Secret, at);

    private static string V1(string header) => header.Split("v1=")[1];

    [Theory]
    [InlineData(0, true)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    [InlineData(-86_400, false)]
    public void IsGenuine_SignedAtSomeDistance_HoldsFor300Seconds(int seconds, bool expected)
    {
        var header = Header(Now.AddSeconds(seconds));

        Assert.Equal(expected, StripeSignature.IsGenuine(Body, header, Secret, Now));
    }

    [Fact]
    public void IsGenuine_SecretIsBeingRolled_AnyV1MayMatch()
    {
        var other = Header(Now, "whsec_other");
        var header = $"{other},v1={V1(Header(Now))},v0={V1(other)}";

        Assert.True(StripeSignature.IsGenuine(Body, header, Secret, Now));
    }

    [Fact]
    public void IsGenuine_OnlyTheOldSchemeMatches_IsFalse()
    {
        var header = Header(Now).Replace("v1=", "v0=", StringComparison.Ordinal);

        Assert.False(StripeSignature.IsGenuine(Body, header, Secret, Now));
    }

    [Fact]
    public void IsGenuine_AnotherSecret_IsFalse() =>
        Assert.False(StripeSignature.IsGenuine(Body, Header(Now, "whsec_other"), Secret, Now));

    [Fact]
    public void IsGenuine_SignatureReusedForAnotherBody_IsFalse() =>
        Assert.False(StripeSignature.IsGenuine([.. Body, (byte)' '], Header(Now), Secret, Now));

    [Fact]
    public void IsGenuine_TimeReplacedUnderAnOldSignature_IsFalse()
    {
        var old = Header(Now.AddDays(-1));
        var header = $"t={Now.ToUnixTimeSeconds()},v1={V1(old)}";

        Assert.False(StripeSignature.IsGenuine(Body, header, Secret, Now));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("t=,v1=")]
    [InlineData("t=1795165200")]
    [InlineData("t=1795165200,v1=")]
    [InlineData("t=1795165200,v1=ü")]
    [InlineData("t=-1795165200,v1=00")]
    [InlineData("t=99999999999999999999,v1=00")]
    [InlineData("v1=00,v1=11")]
    [InlineData("t=1795165200,v1")]
    [InlineData(",,,===,t=t=t")]
    public void IsGenuine_Malformed_IsFalse(string? header) =>
        Assert.False(StripeSignature.IsGenuine(Body, header, Secret, Now));

    [Fact]
    public void IsGenuine_SignatureInCapitals_IsFalse()
    {
        var header = Header(Now);

        Assert.False(StripeSignature.IsGenuine(Body, "t=" + header[2..].Replace(V1(header), V1(header).ToUpperInvariant(), StringComparison.Ordinal), Secret, Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void IsGenuine_BlankSecret_Throws(string secret) =>
        Assert.Throws<ArgumentException>(() => StripeSignature.IsGenuine(Body, Header(Now), secret, Now));
}
