using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>A reminder that staff have sent, beside the two that come by themselves.</summary>
public sealed class RemindByHandTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);
    private SurveyWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Remind_NotAnswered_IsSentOnceAndCountedWithoutNames()
    {
        var (place, _, _, _) = await world.InvitedAsync();
        app.Clock.Advance(TimeSpan.FromDays(5));
        var staff = await app.BrowseAsStaffAsync();

        var list = await staff.GetAsync(SurveyUrls.Unanswered);
        var page = await staff.GetAsync(SurveyUrls.Remind(place.RunId));
        var done = await page.SubmitAsync(button: "Send 1 reminder");
        var again = await page.SubmitAsync(button: "Send 1 reminder");

        Assert.Contains("1 of 1 who were asked have not answered yet.", list.Main);
        Assert.DoesNotContain("Mia Came", list.Main);
        Assert.Contains("1 reminder is sent", done.Document.Body!.TextContent);
        Assert.Contains("Nobody was reminded", again.Document.Body!.TextContent);
        Assert.Equal(1, await world.EmailsAsync(place, "survey-reminder"));
        Assert.Contains("Reminded by hand before", (await staff.GetAsync(SurveyUrls.Remind(place.RunId))).Main);
        Assert.Equal(1, await world.CountAsync($"history_entries where record_id = '{place.RunId}' and act = 'Survey reminder sent'"));
    }

    [Theory]
    [InlineData(1, "in the last three days")]
    [InlineData(8, "by itself in the next three")]
    public async Task Remind_OtherMessageIsNear_IsNotSent(int days, string words)
    {
        var (place, _, _, _) = await world.InvitedAsync();
        app.Clock.Advance(TimeSpan.FromDays(days));

        var page = await (await app.BrowseAsStaffAsync()).GetAsync(SurveyUrls.Remind(place.RunId));

        Assert.Contains(words, page.Main);
        Assert.DoesNotContain("Send 1 reminder", page.Main);
        Assert.Equal(0, await app.WithAsync((RemindByHand remind) => remind.RunAsync(place.RunId, new Actor(Guid.CreateVersion7(), "Ann"), SurveyWorld.Ct)));
    }

    [Theory]
    [InlineData("update survey_invitations set state = 'Answered', next_reminder_at = null where place_id = '{0}'", "Nobody of this date")]
    [InlineData("update people set surveys_stopped_at = created_at where id = (select person_id from places where id = '{0}')", "Cannot be reached")]
    [InlineData("update outgoing_emails set state = 'Bounced' where id = (select email_id from survey_invitations where place_id = '{0}')", "Cannot be reached")]
    public async Task Remind_ReasonAgainst_IsNotSent(string change, string words)
    {
        var (place, _, _, _) = await world.InvitedAsync();
        app.Clock.Advance(TimeSpan.FromDays(5));
        await world.DoAsync(string.Format(change, place.PlaceId));

        Assert.Contains(words, (await (await app.BrowseAsStaffAsync()).GetAsync(SurveyUrls.Remind(place.RunId))).Main);
        Assert.Equal(0, await app.WithAsync((RemindByHand remind) => remind.RunAsync(place.RunId, new Actor(Guid.CreateVersion7(), "Ann"), SurveyWorld.Ct)));
        Assert.Equal(0, await world.EmailsAsync(place, "survey-reminder"));
    }

    [Fact]
    public async Task Remind_EightAtOnce_SendsOne()
    {
        var (place, _, _, _) = await world.InvitedAsync();
        app.Clock.Advance(TimeSpan.FromDays(5));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RemindAsync(place)));

        Assert.Equal(1, await world.EmailsAsync(place, "survey-reminder"));
    }

    [Fact]
    public async Task Remind_EightAtOnceWithoutTheLock_SendsSeveral()
    {
        var (place, _, _, _) = await world.InvitedAsync();
        app.Clock.Advance(TimeSpan.FromDays(5));

        await Gate.MeetAsync(app.Database, "outgoing_emails", 8, () => Unguarded.WithoutRowLocksAsync(() => RemindAsync(place)));

        Assert.True(await world.EmailsAsync(place, "survey-reminder") > 1);
    }

    private Task<int> RemindAsync(AttendedPlace place) =>
        app.WithAsync((RemindByHand remind) => remind.RunAsync(place.RunId, new Actor(Guid.CreateVersion7(), "Ann"), SurveyWorld.Ct));
}
