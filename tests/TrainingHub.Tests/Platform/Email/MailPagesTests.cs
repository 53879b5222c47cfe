using System.Net;
using TrainingHub.Emails;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>From the row to the page at which a newcomer reads the email, with the transport of the demonstration.</summary>
public sealed class MailPagesTests(TestApp app, TestDatabase databases) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_SentInDemo_IsListedAndItsLinkCanBeFollowed()
    {
        await SendAsync("mia@x.example", "https://training.example/dates/42?a=1&b=2");

        var list = await app.Browse().GetAsync("/dev/mail");
        var link = list.Document.QuerySelectorAll("main table a")[0].GetAttribute("href")!;
        var page = await app.Browse().GetAsync(link);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("mia@x.example", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.Document.QuerySelectorAll("main a"), a => a.GetAttribute("href") == "https://training.example/dates/42?a=1&b=2");
    }

    [Fact]
    public async Task Mail_Body_RunsAndFetchesNothing()
    {
        await SendAsync("kai@x.example", "https://training.example/dates/43");
        var list = await app.Browse().GetAsync("/dev/mail");
        var link = list.Document.QuerySelectorAll("main table a")[0].GetAttribute("href")!;

        var body = await app.Browse().GetAsync(link + "/body");

        var policy = Assert.Single(body.Response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'unsafe-inline';", policy, StringComparison.Ordinal);
        Assert.Contains(body.Document.QuerySelectorAll("a"), a => a.GetAttribute("href") == "https://training.example/dates/43");
    }

    [Theory]
    [InlineData("/dev/mail/none.eml")]
    [InlineData("/dev/mail/none.eml/body")]
    [InlineData("/dev/mail/..%2F..%2Fetc%2Fpasswd")]
    public async Task Mail_NoSuchEmail_IsNotFound(string address)
    {
        var page = await app.Browse().GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Mail_OutsideDemo_HasNoAddress(string environment)
    {
        await using var other = new TestApp(databases, environment);
        await other.InitializeAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await other.Browse().GetAsync("/dev/mail")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Browse().GetAsync("/dev/mail/a.eml")).Status);
    }

    private async Task SendAsync(string address, string link)
    {
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.Given.EmailAsync(address, new PlaceForYouEmail("Mia", "Ann", EmailSamples.Date, link));
        Assert.Equal(1, await app.RunJobAsync(nameof(SendEmails)));
    }
}
