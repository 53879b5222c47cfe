using System.Net;
using Xunit;

namespace TrainingHub.Tests.Surveys;

public sealed class StopSurveysTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly SurveyWorld world = new(app);

    [Fact]
    public async Task Stop_OpenedByAScanner_StopsNothing()
    {
        var (place, _, _, stop) = await world.InvitedAsync();

        var page = await app.Browse().GetAsync($"/survey/stop/{stop}");

        Assert.Equal("Stop survey emails", page.Heading);
        Assert.False(await IsStoppedAsync(place));
    }

    [Fact]
    public async Task Stop_ButtonPressed_StopsAndCanBeUndone()
    {
        var (place, _, _, stop) = await world.InvitedAsync();
        var page = await app.Browse().GetAsync($"/survey/stop/{stop}");

        var stopped = await page.SubmitAsync();
        var wasStopped = await IsStoppedAsync(place);
        var resumed = await stopped.SubmitAsync();

        Assert.Equal("Survey emails are stopped", stopped.Heading);
        Assert.Contains("Emails about your bookings still come", stopped.Main);
        Assert.True(wasStopped);
        Assert.Equal("Stop survey emails", resumed.Heading);
        Assert.False(await IsStoppedAsync(place));
    }

    [Fact]
    public async Task Stop_OneOfTwoOnAnAddress_StopsThatOneAndTheSecondButtonBoth()
    {
        var (place, _, _, stop) = await world.InvitedAsync();
        var colleague = await AddColleagueAsync(place);
        var page = await app.Browse().GetAsync($"/survey/stop/{stop}");

        await app.Browse().PostAsync($"/survey/stop/{stop}", [new("List-Unsubscribe", "One-Click")]);
        var one = (await IsStoppedAsync(place), await world.CountAsync($"people where id = '{colleague}' and surveys_stopped_at is not null"));
        var both = await page.SubmitAsync(selector: "form[action*='handler=Everyone']");

        Assert.Contains("We also know one other person at", page.Main);
        Assert.Equal((true, 0L), one);
        Assert.Equal(1, await world.CountAsync($"people where id = '{colleague}' and surveys_stopped_at is not null"));
        Assert.Contains("gets no survey emails either", both.Main);
    }

    [Fact]
    public async Task Stop_OnlyPersonOfAnAddress_HasOneButton()
    {
        var (_, _, _, stop) = await world.InvitedAsync();

        var page = await app.Browse().GetAsync($"/survey/stop/{stop}");

        Assert.Single(page.All("main button"));
    }

    [Fact]
    public async Task Stop_OneClickOfAMailProgram_NeedsNoCookieAndNoToken()
    {
        var (place, _, _, stop) = await world.InvitedAsync();
        var fields = new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" };

        var first = await app.Browse().PostAsync($"/survey/stop/{stop}", fields);
        var second = await app.Browse().PostAsync($"/survey/stop/{stop}", fields);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [first.Status, second.Status]);
        Assert.Equal($"/survey/stop/{stop}", first.Address);
        Assert.True(await IsStoppedAsync(place));
    }

    [Theory]
    [InlineData("", "text/plain")]
    [InlineData("x=%00", "application/x-www-form-urlencoded")]
    public async Task Stop_BodyThatCannotBeRead_StopsAllTheSame(string body, string type)
    {
        var (place, _, _, stop) = await world.InvitedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/survey/stop/{stop}") { Content = new StringContent(body, System.Text.Encoding.UTF8, type) };

        var page = await app.Browse().SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.True(await IsStoppedAsync(place));
    }

    [Fact]
    public async Task Stop_EmailInTheOutbox_CarriesTheAddress()
    {
        var (place, _, _, stop) = await world.InvitedAsync();

        Assert.Equal(1, await world.CountAsync($"outgoing_emails where to_address = '{place.Email}' and unsubscribe_url = 'https://localhost/survey/stop/{stop}'"));
    }

    [Fact]
    public async Task Stop_PersonStopped_MayStillAnswerWhatWasSent()
    {
        var (place, _, token, stop) = await world.InvitedAsync();
        await (await app.Browse().GetAsync($"/survey/stop/{stop}")).SubmitAsync();
        await world.DoAsync($"update survey_invitations set state = 'Stopped' where place_id = '{place.PlaceId}'");

        var page = await app.Browse().GetAsync($"/survey/{token}");

        Assert.Equal("What has changed since your course?", page.Heading);
    }

    [Fact]
    public async Task Stop_UnknownLink_SaysWhatToDo()
    {
        var page = await app.Browse().PostAsync("/survey/stop/nonsense", [new("List-Unsubscribe", "One-Click")]);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("This link does not work", page.Heading);
    }

    private async Task<Guid> AddColleagueAsync(AttendedPlace place) =>
        (await app.Given.ColleagueAsync(place.RunId, "Tom Tate", place.Email)).Person.Id;

    private async Task<bool> IsStoppedAsync(AttendedPlace place) =>
        await world.CountAsync($"people where id = '{place.PersonId}' and surveys_stopped_at is not null") == 1;
}
