using System.Net;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>What a private link opens in a browser: for as long as the link lives, for nobody else, and until it is forgotten.</summary>
public sealed class PrivateAccessTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Booking_LinkHasExpired_IsNotShownByTheCookieEither()
    {
        var (reference, _, browser) = await OpenAsync();
        app.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(BookingUrls.Manage(reference))).Status);

        app.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(BookingUrls.Manage(reference))).Status);
    }

    [Fact]
    public async Task Booking_BrowserForgetsIt_IsShownAgainByItsLinkAlone()
    {
        var (reference, link, browser) = await OpenAsync();

        var after = await (await browser.GetAsync(BookingUrls.Manage(reference))).SubmitAsync(selector: "form[action*=Forget]");

        Assert.Equal(HttpStatusCode.NotFound, after.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(BookingUrls.Manage(reference))).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(link)).Status);
    }

    [Fact]
    public async Task PruneLinks_OfEveryPurpose_GoWhenTheyHaveExpired()
    {
        await using var clean = app.Database.CreateCommand("delete from secret_links");
        await clean.ExecuteNonQueryAsync(Token);
        foreach (var purpose in (string[])["booking", "invoice", "waiting-list", "survey", "stop-surveys", "another"])
        {
            await app.Given.LinkAsync(purpose, Guid.NewGuid());
        }

        Assert.Equal(0, await app.RunJobAsync(nameof(PruneLinks)));
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(6, await app.RunJobAsync(nameof(PruneLinks)));
    }

    [Theory]
    [InlineData("/b/x")]
    [InlineData("/b/x/invoice")]
    [InlineData("/bookings/ABCDEFGH")]
    [InlineData("/survey/x")]
    [InlineData("/survey/stop/x")]
    [InlineData("/survey/answer/00000000-0000-0000-0000-000000000001")]
    [InlineData("/waiting-list/x")]
    [InlineData("/staff")]
    [InlineData("/staff/reports/income.csv")]
    [InlineData("/staff/reports/income.xlsx")]
    [InlineData("/staff/reports/impact.csv")]
    [InlineData("/staff/reports/take-up.xlsx")]
    [InlineData("/staff/import/programme/template.xlsx")]
    public async Task PrivateAddress_AnyAnswer_IsNotStoredAndTellsNobodyWhereFrom(string address)
    {
        var staff = await app.BrowseAsStaffAsync();

        foreach (var page in (TestPage[])[await staff.GetAsync(address), await app.Browse().GetAsync(address)])
        {
            if (page.Address.StartsWith("/sign-in", StringComparison.Ordinal))
            {
                continue;
            }

            Assert.Equal("no-store", page.Response.Headers.CacheControl?.ToString());
            Assert.Equal("no-referrer", page.Response.Headers.GetValues("Referrer-Policy").Single());
        }
    }

    [Fact]
    public async Task PublicAddress_KeepsTheUsualPolicy()
    {
        var page = await app.Browse().GetAsync("/courses");

        Assert.Equal("strict-origin-when-cross-origin", page.Response.Headers.GetValues("Referrer-Policy").Single());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<(string Reference, string Link, TestBrowser Browser)> OpenAsync()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10);
        var request = world.Request(run, $"{Guid.NewGuid():N}@delegates.example");
        var outcome = await world.BookPlace.RunAsync(request, Token);
        var link = BookingUrls.PrivateLink(await app.Given.LinkAsync(Booking.LinkPurpose, request.BookingId));
        var browser = app.Browse();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(link)).Status);
        return (outcome.Booking!.Reference, link, browser);
    }
}
