using System.Net;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

public sealed class RateLimitsTests(TestDatabase databases)
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Bucket_OfTwoAddresses_IsSharedByOneHousehold(string left, string right, bool shared) =>
        Assert.Equal(shared, RateLimits.BucketOf(IPAddress.Parse(left)) == RateLimits.BucketOf(IPAddress.Parse(right)));

    [Fact]
    public async Task Posts_MoreThanAllowed_GetAPageThatSaysHowLongToWait()
    {
        await using var app = new TestApp(databases, "Demo", "RateLimits:SignInsPerMinute", "2");
        await app.InitializeAsync();
        var browser = app.Browse();
        var form = await browser.GetAsync("/sign-in");

        TestPage? page = null;
        for (var i = 0; i < 3; i++)
        {
            page = await form.SubmitAsync();
        }

        var reading = await browser.GetAsync("/sign-in");

        Assert.Equal(HttpStatusCode.TooManyRequests, page?.Status);
        Assert.Equal("Too many requests", page?.Heading);
        Assert.InRange(page?.Response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);
        Assert.Contains("Nothing that you typed has been saved", page?.Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, reading.Status);
    }

    [Fact]
    public async Task Posts_LimitsSwitchedOff_AreNotCounted()
    {
        await using var app = new TestApp(databases, "Demo", "RateLimits:SignInsPerMinute", "1", "RateLimits:Enabled", "false");
        await app.InitializeAsync();
        var form = await app.Browse().GetAsync("/sign-in");

        for (var i = 0; i < 3; i++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await form.SubmitAsync()).Status);
        }
    }
}
