using System.Net;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.Attendance;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Surveys;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>What a trainer reads of the answers about their own date: figures that lead to nobody, and what a coordinator shows to them.</summary>
public sealed class DoorAnswersTests(TestDatabase databases) : IAsyncLifetime
{
    private const string Read = "/staff/surveys/comments?show=read";
    private static readonly string[] Names = ["Ann Able", "Ben Best", "Cat Cole", "Dan Dean", "Eve East", "Fay Ford"];

    private readonly TestApp app = new(databases);
    private DoorWorld doors = null!;
    private SurveyWorld surveys = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (doors, surveys) = (new(app), new(app));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Figures_SurveyIsOver_AreRoundedAndStayWhenTheAnswersAreUnlinked()
    {
        var date = await AnsweredAsync(6);
        var open = await PageAsync(date);
        await EndAsync();

        var page = await PageAsync(date);
        var list = await (await doors.TrainerAsync(date)).GetAsync("/staff/door");

        Assert.Contains("There are no figures yet", open.Main, StringComparison.Ordinal);
        Assert.Contains("About 5 people answered", page.Main, StringComparison.Ordinal);
        Assert.All(page.All("dd"), figure => Assert.Contains(figure, (string[])["0", "5"]));
        Assert.True(page.All("dd").Count > 8);
        Assert.NotNull(list.Document.QuerySelector($"main a[href='{date.Url}/answers']"));
        app.Clock.Advance(TimeSpan.FromDays(SurveyTimes.UnlinkDays + 1));
        await app.RunJobAsync(nameof(UnlinkAnswers));
        Assert.Equal(0, await surveys.CountAsync("survey_responses where run_id is not null"));
        Assert.Equal(page.Main, (await PageAsync(date)).Main);
    }

    [Fact]
    public async Task Figures_FewerThanFive_AreNeverMade()
    {
        var date = await AnsweredAsync(4);
        await EndAsync();

        Assert.Contains("There are no figures yet", (await PageAsync(date)).Main, StringComparison.Ordinal);
        Assert.Equal(0, await surveys.CountAsync("date_evaluations"));
    }

    [Fact]
    public async Task Page_OfAnotherTrainer_IsNotFound()
    {
        var (date, other) = (await AnsweredAsync(6), await doors.DateAsync());
        await EndAsync();
        var trainer = await doors.TrainerAsync(other);

        Assert.Equal(HttpStatusCode.NotFound, (await trainer.GetAsync($"{date.Url}/answers")).Status);
        Assert.DoesNotContain(date.Url, (await trainer.GetAsync("/staff/door")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comment_ShownByACoordinator_IsReadByTheTrainerUntilItIsHiddenOrRaisesAConcern()
    {
        var date = await AnsweredAsync(6, "Canary of practice");
        var staff = await app.BrowseAsStaffAsync();
        await (await staff.GetAsync("/staff/surveys/comments")).SubmitAsync(button: "Mark as read");
        Assert.DoesNotContain("Canary", (await PageAsync(date)).Text, StringComparison.Ordinal);

        var shown = await PressAsync("Show to the trainer");
        Assert.Contains("The trainer sees it now", shown.Main, StringComparison.Ordinal);
        Assert.Equal(["Canary of practice"], (await PageAsync(date)).All("blockquote"));
        await PressAsync("Do not show to the trainer");
        Assert.Empty((await PageAsync(date)).All("blockquote"));
        await PressAsync("Show to the trainer");
        await (await staff.GetAsync(SurveyUrls.RaiseConcern(await surveys.ScalarAsync<Guid>("select id from survey_comments where text = 'Canary of practice'")))).SubmitAsync(form => form["Kind"] = "AtRisk");
        Assert.Empty((await PageAsync(date)).All("blockquote"));

        var acts = (await staff.GetAsync(Read)).Main;
        Assert.Contains("Comment shown to the trainer by Ann Coordinator in November 2026: 2", acts, StringComparison.Ordinal);
        Assert.Contains("Comment no longer shown to the trainer by Ann Coordinator in November 2026: 1", acts, StringComparison.Ordinal);
        Assert.Equal(0, await surveys.CountAsync("history_entries where note || changes::text like '%Canary%'"));

        async Task<TestPage> PressAsync(string button) => await (await staff.GetAsync(Read)).SubmitAsync(button: button);
    }

    [Fact]
    public async Task Comment_AboutADateThatFewAnswered_IsNotShown()
    {
        var date = await AnsweredAsync(4, "Canary of few");
        var staff = await app.BrowseAsStaffAsync();
        await (await staff.GetAsync("/staff/surveys/comments")).SubmitAsync(button: "Mark as read");

        var refused = await (await staff.GetAsync(Read)).SubmitAsync(button: "Show to the trainer");

        Assert.Contains("Not shown: fewer than 5 people answered about this date", refused.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", (await PageAsync(date)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comment_WrittenBeforeThePageSaidSo_IsOfferedToNoTrainer()
    {
        await AnsweredAsync(6, "Canary of before");
        await surveys.DoAsync("update survey_comments set may_be_passed_on = false, state = 'Read'");
        var comment = await surveys.ScalarAsync<Guid>("select id from survey_comments");

        var page = await (await app.BrowseAsStaffAsync()).GetAsync(Read);

        Assert.Contains("Canary of before", page.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("trainer</button>", page.Text, StringComparison.Ordinal);
        Assert.Equal(ShowToTrainerResult.NotShown, await app.WithAsync((ReviewComment review) => review.ShowToTrainerAsync(comment, Actor.CommandLine, Ct)));
        await Assert.ThrowsAsync<PostgresException>(() => surveys.DoAsync("update survey_comments set trainer_run_id = (select id from course_runs limit 1)"));
    }

    [Fact]
    public async Task Comment_ByASafeguardingLead_IsNotShown()
    {
        await AnsweredAsync(6, "Canary of the lead");
        await surveys.DoAsync("update survey_comments set state = 'Read'");
        var lead = await app.BrowseAsAsync([StaffRole.SafeguardingLead]);
        var page = await lead.GetAsync(Read);

        var refused = await lead.PostAsync("/staff/surveys/comments?handler=Show", page.Fields(_ => { }));

        Assert.DoesNotContain("Show to the trainer", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    /// <returns>A date three months ago, about which so many have answered, the first with this text.</returns>
    private async Task<DoorDate> AnsweredAsync(int count, string? text = null)
    {
        var date = await doors.DateAsync(London.DateOf(app.Clock.Now).AddMonths(-3), Names[..count]);
        foreach (var place in date.Run.Places)
        {
            await app.Given.MarkAsync(place, app.Clock.Now);
        }

        await app.RunJobAsync(nameof(ScheduleSurveys));
        await app.RunJobAsync(nameof(SendDueSurveys));
        foreach (var (name, number) in Names[..count].Select((name, number) => (name, number)))
        {
            var link = await surveys.ScalarAsync<string>(
                $"select model ->> 'SurveyUrl' from outgoing_emails where kind = 'survey-invitation' and to_address = '{name.Replace(' ', '.').ToLowerInvariant()}@example.org' order by created_at desc limit 1");
            await (await app.Browse().GetAsync(new Uri(link).AbsolutePath)).SubmitAsync(form =>
            {
                SurveyWorld.Fill(form);
                form["Form.ChangedPracticeExample"] = number == 0 ? text ?? "" : "";
            });
        }

        Assert.Equal(count, await surveys.CountAsync($"survey_responses where run_id = '{date.Id}'"));
        return date;
    }

    private async Task EndAsync()
    {
        app.Clock.Advance(TimeSpan.FromDays(SurveyTimes.OpenDays + 2));
        await app.RunJobAsync(nameof(CloseSurveys));
        await app.RunJobAsync(nameof(UnlinkAnswers));
    }

    private async Task<TestPage> PageAsync(DoorDate date) => await (await doors.TrainerAsync(date)).GetAsync($"{date.Url}/answers");
}
