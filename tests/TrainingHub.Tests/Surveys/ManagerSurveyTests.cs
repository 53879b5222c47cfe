using System.Net;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;
using TrainingHub.Reporting;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>A manager says what they have seen by the link that a delegate passed on, and neither sees what the other answered.</summary>
public sealed class ManagerSurveyTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases, DemoEnvironment.Name, "Surveys:AskManagers", "true");
    private SurveyWorld world = null!;
    private ManagerWorld managers = null!;

    private DateOnly Today => London.DateOf(app.Clock.Now);

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (world, managers) = (new SurveyWorld(app), new ManagerWorld(app));
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Manager_ByTheLink_SeesWhoseItIsAndNothingOfWhatWasAnswered()
    {
        var (place, _, _, thanks) = await managers.AnsweredAsync();
        var path = await ManagerWorld.LinkAsync(thanks);
        var before = await managers.StoredAsync();

        var page = await app.Browse().GetAsync(path);

        var (course, _) = await world.NamesAsync(place);
        Assert.Equal("What have you seen since the course?", page.Heading);
        Assert.Contains("Mia Came", page.Main, StringComparison.Ordinal);
        Assert.Contains(course, page.Main, StringComparison.Ordinal);
        Assert.Contains("You do not see what Mia Came", page.Main, StringComparison.Ordinal);
        Assert.DoesNotContain(ManagerWorld.Canary, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Very Confident", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(place.Email, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(path, page.Address, StringComparison.Ordinal);
        Assert.Equal(before, await managers.StoredAsync());
    }

    [Fact]
    public async Task Manager_AnswersTwice_CorrectsTheFirstAndNobodySeesItAgain()
    {
        var (_, invitation, browser, thanks) = await managers.AnsweredAsync();
        var path = await ManagerWorld.LinkAsync(thanks);
        var done = await managers.AnswerAsync(path, "Yes, clearly", "Canary of a manager");
        var again = await app.Browse().GetAsync(path);
        await managers.AnswerAsync(path, "Not yet", "Another canary");

        Assert.Equal("Thank you", done.Heading);
        Assert.Contains("We do not write to you.", done.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Get a link for your manager", done.Main, StringComparison.Ordinal);
        Assert.Contains("Somebody has answered by this link.", again.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary of a manager", again.Text, StringComparison.Ordinal);
        Assert.Empty(again.Document.QuerySelectorAll("main input[checked]"));
        Assert.Equal(2, await world.CountAsync("survey_responses"));
        Assert.Equal("Not yet", await world.ScalarAsync<string>("select label from survey_answers where question_key = 'change_seen'"));
        Assert.DoesNotContain("canary", (await browser.GetAsync(SurveyUrls.Answer(invitation))).Text, StringComparison.OrdinalIgnoreCase);
        var queue = await (await app.BrowseAsStaffAsync()).GetAsync(SurveyUrls.Comments);
        Assert.Contains("Line managers: Have you seen a change in how your colleague works since the course?", queue.Main, StringComparison.Ordinal);
        Assert.Contains("Another canary", queue.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manager_QuestionLeftOut_KeepsWhatWasTyped()
    {
        var (_, _, _, thanks) = await managers.AnsweredAsync();

        var page = await (await app.Browse().GetAsync(await ManagerWorld.LinkAsync(thanks))).SubmitAsync(form => form["Form.HelpsOrHinders"] = "No time for it");

        Assert.Contains("Select whether you have seen a change", page.Errors);
        Assert.Contains("No time for it", page.Main, StringComparison.Ordinal);
        Assert.Equal(1, await world.CountAsync("survey_responses"));
    }

    [Fact]
    public async Task Link_AfterTheStatedTime_SaysThatItIsClosed()
    {
        var (_, invitation, _, thanks) = await managers.AnsweredAsync();
        var path = await ManagerWorld.LinkAsync(thanks);
        var form = await app.Browse().GetAsync(path);
        var closes = SurveyTimes.ClosesAt((await managers.OwnAsync(invitation)).SentAt!.Value, SurveyMoment.Manager);
        Assert.Contains(London.Words(London.DateOf(closes.AddHours(-1))), form.Main, StringComparison.Ordinal);
        app.Clock.MoveTo(closes.AddMinutes(-1));
        Assert.Equal(HttpStatusCode.OK, (await app.Browse().GetAsync(path)).Status);

        app.Clock.MoveTo(closes);
        var closed = await app.Browse().GetAsync(path);
        app.Clock.Advance(TimeSpan.FromDays(91));
        var gone = await app.Browse().GetAsync(path);

        Assert.Equal("This survey is closed", closed.Heading);
        Assert.Contains("what you have seen", closed.Main, StringComparison.Ordinal);
        Assert.Equal("This survey link does not work", gone.Heading);
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
    }

    [Fact]
    public async Task Register_SaysAbsentAfterAll_ThereIsNothingToAnswer()
    {
        var (place, _, _, thanks) = await managers.AnsweredAsync();
        var path = await ManagerWorld.LinkAsync(thanks);
        await world.DoAsync($"update attendance_marks set mark = 'Absent' where place_id = '{place.PlaceId}'");
        await app.RunJobAsync(nameof(ScheduleSurveys));

        var page = await app.Browse().GetAsync(path);

        Assert.Equal("This survey is not for you", page.Heading);
        Assert.DoesNotContain("you did not attend", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unlink_ThirtyDaysAfterTheClose_NothingLeadsFromItToTheDelegate()
    {
        var (_, invitation, _, thanks) = await managers.AnsweredAsync();
        await managers.AnswerAsync(await ManagerWorld.LinkAsync(thanks), "Yes, clearly", "");
        app.Clock.MoveTo(SurveyTimes.ClosesAt((await managers.OwnAsync(invitation)).SentAt!.Value, SurveyMoment.Manager).AddDays(SurveyTimes.UnlinkDays));
        await app.RunJobAsync(nameof(CloseSurveys));

        await app.RunJobAsync(nameof(UnlinkAnswers));

        Assert.Equal(0, await world.CountAsync("survey_links"));
        Assert.Equal(2, await world.CountAsync("survey_responses where run_id is null and submitted_within <> 'Day'"));
    }

    [Fact]
    public async Task Concern_OfAManagersText_SaysThatTheDelegateDidNotWriteIt()
    {
        var (_, _, _, thanks) = await managers.AnsweredAsync();
        await managers.AnswerAsync(await ManagerWorld.LinkAsync(thanks), "Yes, clearly", "Canary of a manager");
        var comment = await world.ScalarAsync<Guid>("select id from survey_comments where text = 'Canary of a manager'");
        var by = await new ConcernWorld(app).ActorAsync("Rae Raises");
        Assert.Equal(RaiseResult.Raised, await app.WithAsync((RaiseConcern raise) => raise.RunAsync(comment, ConcernKind.AtRisk, by, SurveyWorld.Ct)));
        var id = await world.ScalarAsync<Guid>("select id from concerns");

        var page = await (await app.BrowseAsAsync([StaffRole.SafeguardingLead])).GetAsync(SurveyUrls.Concern(id));

        Assert.Contains("the delegate whose link it was, not the writer", page.Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, "")]
    [InlineData(10, "Yes, clearly 10 10 100.0")]
    public async Task Report_SideBySide_ShowsManagersFromTenAnswersOnAndTheOtherReportStaysAsItWas(int managers, string expected)
    {
        var versions = (Own: await app.Given.AskedAsync(), Managers: await app.Given.AskedAsync(SurveyMoment.Manager));
        var course = await app.Given.CourseAsync();
        await app.Given.ResponsesAsync(course.Id, Today, 12);
        var before = await ReportAsync(Reports.Impact);
        await app.Given.ResponsesAsync(course.Id, Today, managers, Given.NewAnswers(versions.Managers, ("change_seen", "Yes, clearly")));

        var rows = (await ReportAsync(Reports.Moments)).Rows.Select(row => string.Join(' ', row)).ToList();

        Assert.Contains("Delegates, after three months changed_practice Yes 12 12 100.0", rows);
        Assert.Equal(expected.Length > 0, rows.Contains($"Their line managers change_seen {expected}"));
        Assert.Equal(expected.Length > 0, rows.Exists(row => row.StartsWith("Line managers support_given", StringComparison.Ordinal)));
        Assert.Equal(before.ToCsvFile(), (await ReportAsync(Reports.Impact)).ToCsvFile());
        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/reports/moments");
        Assert.Equal(expected.Length > 0, page.Main.Contains($"Base: {managers} answers.", StringComparison.Ordinal));
        Assert.Contains("Managers answer only where the delegate passed a link on to them", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_OfTheDelegatesData_HasWhatTheManagerAnsweredUnderItsOwnName()
    {
        var (_, _, _, thanks) = await managers.AnsweredAsync();
        await managers.AnswerAsync(await ManagerWorld.LinkAsync(thanks), "Yes, clearly", "Canary of a manager");

        var answers = await world.ScalarAsync<long>("select count(*) from answers_of_places((select array_agg(id) from places))");

        Assert.Equal(2, answers);
        Assert.Contains("survey.title as \"Survey\"", SqlFile.Read("TrainingHub.PersonalData.Sql.CopyOfData.sql"), StringComparison.Ordinal);
    }

    private Task<TextTable> ReportAsync(string name) => app.WithAsync<TrainingHubDb, TextTable>(async db =>
    {
        var (filter, _) = await ReportFilter.ReadAsync(db, name, new("2026/27", null, null, null, null, null), SurveyWorld.Ct);
        return await Reports.ReadAsync(name, db, app.Database, filter!, app.Clock.Now, SurveyWorld.Ct);
    });
}
