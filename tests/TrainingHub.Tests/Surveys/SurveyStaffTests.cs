using System.Net;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

public sealed class SurveyStaffTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly SurveyWorld world = new(app);

    [Theory]
    [InlineData("/staff/surveys")]
    [InlineData("/staff/surveys/comments")]
    public async Task StaffPage_NotSignedIn_AsksToSignIn(string address)
    {
        var page = await app.Browse().GetAsync(address);

        Assert.StartsWith("/sign-in", page.Address);
    }

    [Fact]
    public async Task Comments_Unread_AreShownWithoutTheNameAndMarkedAsRead()
    {
        var (place, text) = await CommentedAsync();
        var staff = await app.BrowseAsStaffAsync();

        var page = await staff.GetAsync("/staff/surveys/comments");
        var shown = page.Main;
        for (var next = page; next.Main.Contains(text);)
        {
            next = await next.SubmitAsync(button: "Mark as read");
        }

        Assert.Contains(text, shown);
        Assert.DoesNotContain("Mia Came", page.Text);
        Assert.DoesNotContain(place.Email, page.Text);
        Assert.Equal(1, await world.CountAsync($"survey_comments where text = '{text}' and state = 'Read' and read_at is not null and read_by_id is not null"));
    }

    [Fact]
    public async Task Comments_TextCorrectedMeanwhile_SaysSo()
    {
        var (_, text) = await CommentedAsync();
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync("/staff/surveys/comments");
        await world.DoAsync("delete from survey_comments where state = 'Unread'");

        var next = await page.SubmitAsync(button: "Mark as read");

        Assert.Equal(HttpStatusCode.OK, next.Status);
        Assert.Contains("This text is no longer there", next.Main);
        Assert.DoesNotContain(text, next.Main);
    }

    [Fact]
    public async Task Progress_Year_CountsEachInvitationOnce()
    {
        var (place, _, _, _) = await world.InvitedAsync();
        await world.DoAsync($"update survey_invitations set state = 'Closed', due_on = '2025-05-06' where place_id = '{place.PlaceId}'");
        var (answered, _) = await CommentedAsync();
        await world.DoAsync($"update survey_invitations set due_on = '2025-05-07' where place_id = '{answered.PlaceId}'");
        var staff = await app.BrowseAsStaffAsync();

        var page = await staff.GetAsync("/staff/surveys?year=2025%2F26");

        Assert.Contains("1 of 2 delegates who were asked have answered: response rate 50.0%", page.Main);
        Assert.Contains("May 2025", page.Main);
        Assert.Equal("2025/26", page.Find("select option[selected]").TextContent.Trim());
        Assert.DoesNotContain("Mia Came", page.Text);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("2025/27")]
    [InlineData("")]
    public async Task Progress_YearThatIsNone_ShowsThisYear(string year)
    {
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/surveys?year={Uri.EscapeDataString(year)}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("2026/27", page.Find("select option[selected]").TextContent.Trim());
    }

    private async Task<(AttendedPlace Place, string Text)> CommentedAsync()
    {
        var (place, _, token, _) = await world.InvitedAsync();
        var text = $"Canary {place.PlaceId}";
        var thanks = await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = text;
        });
        var again = await thanks.FollowAsync("look at your answers and correct them");
        Assert.Contains("You have answered", again.Main);
        return (place, text);
    }
}
