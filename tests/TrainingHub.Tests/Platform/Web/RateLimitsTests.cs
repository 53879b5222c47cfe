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
    public async Task Posts_MoreThanAllowed_KeepWhatWasTypedButNoPassword()
    {
        await using var app = new TestApp(databases, "Demo", "RateLimits:SignInsPerMinute", "1");
        await app.InitializeAsync();
        var form = await app.Browse().GetAsync("/sign-in?ReturnUrl=/staff/dates");
        await form.SubmitAsync();

        var refused = await form.SubmitAsync(fields => (fields["Form.Email"], fields["Form.Password"]) = ("ann@x.example", "my <secret>"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("ann@x.example", refused.Find("main form input[name='Form.Email']").GetAttribute("value"));
        Assert.Equal("/staff/dates", refused.Find("main form input[name='ReturnUrl']").GetAttribute("value"));
        Assert.Contains("then send it again", refused.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_WrongOnesFromOneAddress_AreRefusedAndThoseThatWorkNever()
    {
        await using var app = new TestApp(databases, "Demo", "RateLimits:WrongTokensPerMinute", "5");
        await app.InitializeAsync();
        var token = await app.Given.LinkAsync(TrainingHub.Surveys.SurveyInvitation.LinkPurpose, Guid.NewGuid());
        using var client = app.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new Uri("https://localhost") });

        var wrong = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            wrong.Add((await client.GetAsync($"/survey/AAAAAAAAAAAAAAAAAAAAA{i}", TestContext.Current.CancellationToken)).StatusCode);
        }

        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync($"/survey/{token}", TestContext.Current.CancellationToken)).StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.NotFound, 5), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 3)], wrong);
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
