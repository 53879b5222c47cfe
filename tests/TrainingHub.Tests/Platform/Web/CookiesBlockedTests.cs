using System.Net;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.Surveys;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>A browser that keeps no cookies is told so, wherever one is needed, and not led round in a circle.</summary>
public sealed class CookiesBlockedTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Heading = "This needs a cookie";

    [Fact]
    public async Task SurveyLink_CookiesBlocked_SaysWhatToDo()
    {
        var (_, invitation, token, _) = await new SurveyWorld(app).InvitedAsync();

        var blocked = await Blocking().GetAsync($"/survey/{token}");
        var open = await app.Browse().GetAsync($"/survey/{token}");

        Assert.Equal("This page needs a cookie", blocked.Heading);
        Assert.Contains("Open the link in our email again", blocked.Main);
        Assert.Equal($"/survey/answer/{invitation}", open.Address);
    }

    [Fact]
    public async Task BookingLink_CookiesBlocked_SaysWhatToDo()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var booked = await world.BookAsync(await world.RunAsync(capacity: 5), "ann1@x.example");

        var blocked = await Blocking().GetAsync(await world.PrivateLinkAsync(booked.Reference));

        Assert.Equal("This page needs a cookie", blocked.Heading);
    }

    [Fact]
    public async Task BookingForm_CookiesBlocked_SaysWhatToDo()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 5);
        var page = await Blocking().GetAsync($"/dates/{run}/book");

        var refused = await page.SubmitAsync(form => (form["People[0].Name"], form["People[0].Email"]) = ("Ann Able", "ann2@x.example"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(Heading, refused.Heading);
        Assert.Contains("Allow cookies for this site", refused.Main);
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("/%5Celsewhere.example")]
    [InlineData("/%2Felsewhere.example")]
    [InlineData("")]
    public async Task Opened_AddressOfAnotherSite_LeadsNowhere(string to)
    {
        var (_, _, token, _) = await new SurveyWorld(app).InvitedAsync();
        var browser = app.Browse();
        await browser.GetAsync($"/survey/{token}");

        var page = await browser.GetAsync("/opened" + to);

        Assert.True(page.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound);
        Assert.Equal("localhost", page.Response.RequestMessage!.RequestUri!.Host);
    }

    private TestBrowser Blocking() => new(app.CreateClient(new() { HandleCookies = false, BaseAddress = new Uri("https://localhost") }));
}
