using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;
using TrainingHub.Reporting;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>What a delegate expects of their course, asked on their own page of it until it starts.</summary>
public sealed class BeforeCourseTests(TestDatabase databases) : IAsyncLifetime
{
    private static readonly string Unlocked = Unguarded.Instead(AnswerBefore.Invite, AnswerBefore.Invite[AnswerBefore.Invite.IndexOf("on conflict", StringComparison.Ordinal)..], "returning id");

    private readonly TestApp app = new(databases, DemoEnvironment.Name, "Site:AskBefore", "true");
    private SurveyWorld world = null!;

    private DateOnly Today => London.DateOf(app.Clock.Now);

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Delegate_FromTheEmailThroughTheirPage_AnswersAndCorrects()
    {
        var (place, mail, browser) = await RemindedAsync();
        var own = await browser.GetAsync(new Uri(mail.PageUrl).AbsolutePath);
        var page = await own.FollowAsync("Answer the questions before the course");
        var stored = await world.CountAsync("survey_invitations");

        var done = await page.SubmitAsync(Fill("3", "To know whom to call"));
        var again = await done.FollowAsync("answer again");
        await again.SubmitAsync(Fill("4", "To know whom to ring"));

        Assert.True(mail.AsksBefore);
        Assert.Equal(("Before your course", 0L), (page.Heading, stored));
        Assert.Equal("Thank you", done.Heading);
        Assert.Contains("You have answered. We do not show the answers here", again.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("To know whom to call", again.Text, StringComparison.Ordinal);
        Assert.Equal("4", await world.ScalarAsync<string>("select label from survey_answers where question_key = 'confidence'"));
        Assert.Equal((1, 1), (await world.CountAsync("survey_responses"), await world.CountAsync("survey_links")));
        Assert.Equal("To know whom to ring", await world.ScalarAsync<string>("select text from survey_comments"));
        Assert.Equal(1, await world.CountAsync($"survey_invitations invitation join places place on place.id = invitation.place_id join bookings booking on booking.id = place.booking_id where place.id = '{place}' and moment = 'Before' and sent_at = booking.created_at and invitation.created_at = booking.created_at"));
    }

    [Fact]
    public async Task Answer_StaysWhereTheRegisterSaysNothingYet()
    {
        var (place, _, browser) = await RemindedAsync();
        await (await browser.GetAsync(SurveyUrls.Before(place))).SubmitAsync(Fill("3", ""));
        await world.DoAsync("update survey_invitations set state = 'Sent'");

        await app.RunJobAsync(nameof(ScheduleSurveys));

        Assert.Equal(InvitationState.Sent, (await app.WithAsync((TrainingHubDb db) => db.SurveyInvitations.AsNoTracking().SingleAsync(one => one.PlaceId == place, SurveyWorld.Ct))).State);
    }

    [Fact]
    public async Task Page_QuestionLeftOut_KeepsWhatWasTyped()
    {
        var (place, _, browser) = await RemindedAsync();

        var page = await (await browser.GetAsync(SurveyUrls.Before(place))).SubmitAsync(form => form["Form.Hope"] = "Courage");

        Assert.Equal(["Select how confident you are, from 0 to 10"], page.Errors);
        Assert.Contains("Courage", page.Main, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("survey_invitations"));
    }

    [Fact]
    public async Task Page_OfSomebodyElse_IsNotFound()
    {
        var (place, _, _) = await RemindedAsync();

        var page = await app.Browse().GetAsync(SurveyUrls.Before(place));

        Assert.Equal((HttpStatusCode.NotFound, "Use the link in your email"), (page.Status, page.Heading));
    }

    [Fact]
    public async Task Page_OnceTheCourseHasBegun_IsClosedAndTakesNothing()
    {
        var (place, mail, browser) = await RemindedAsync();
        var page = await browser.GetAsync(SurveyUrls.Before(place));
        app.Clock.Advance(TimeSpan.FromDays(8));

        var late = await page.SubmitAsync(Fill("3", ""));
        var own = await browser.GetAsync(new Uri(mail.PageUrl).AbsolutePath);

        Assert.Equal("These questions are closed", late.Heading);
        Assert.DoesNotContain("Answer the questions before the course", own.Main, StringComparison.Ordinal);
        Assert.Equal(AnswerRefusal.NotOpen, await AnswerAsync(place, AnswerBefore.Invite));
        Assert.Equal(0, await world.CountAsync("survey_responses"));
    }

    [Fact]
    public async Task Answer_FourTabsAtOnce_LeaveOneAnswer()
    {
        var (place, _, _) = await RemindedAsync();

        await Gate.MeetAtRowAsync(app.Database, "places", place, [.. Enumerable.Repeat<Func<Task>>(() => AnswerAsync(place, AnswerBefore.Invite), 4)]);

        Assert.Equal(1, await world.CountAsync("survey_responses"));
    }

    [Fact]
    public async Task Answer_WithoutTheGuard_FailsForTheOtherWhenTheyMeet()
    {
        var (place, _, _) = await RemindedAsync();

        var failure = await Assert.ThrowsAsync<PostgresException>(
            () => Gate.MeetAtRowAsync(app.Database, "places", place, [() => AnswerAsync(place, Unlocked), () => AnswerAsync(place, Unlocked)]));

        Assert.Equal("ux_survey_invitations_place_id_moment", failure.ConstraintName);
    }

    [Fact]
    public async Task Report_SideBySide_ShowsTheConfidenceOfBeforeWithItsOwnBase()
    {
        var course = await app.Given.CourseAsync();
        var asked = await app.Given.AskedAsync(SurveyMoment.Before);
        await app.Given.ResponsesAsync(course.Id, Today, 10, Given.NewAnswers(asked, ("confidence", "3")));
        await app.Given.ResponsesAsync(course.Id, Today, 12);

        var rows = (await app.WithAsync<TrainingHubDb, TextTable>(async db =>
        {
            var (filter, _) = await ReportFilter.ReadAsync(db, Reports.Moments, new("2026/27", null, null, null, null, null), SurveyWorld.Ct);
            return await Reports.ReadAsync(Reports.Moments, db, app.Database, filter!, app.Clock.Now, SurveyWorld.Ct);
        })).Rows.Select(row => string.Join(' ', row)).ToList();

        Assert.Contains("Before the course confidence 3 10 10 100.0", rows);
        Assert.Contains("After three months confidence Not Confident 12 12 100.0", rows);
    }

    private static Action<TestForm> Fill(string confidence, string hope) => form =>
    {
        form["Form.Confidence"] = form.ValueOf(confidence);
        form["Form.Hope"] = hope;
    };

    /// <summary>A delegate of a date in a week, and what they were sent about it.</summary>
    private async Task<(Guid Place, BeforeCourseEmail Mail, TestBrowser Browser)> RemindedAsync()
    {
        var place = await world.AttendedAsync(Today.AddDays(7), mark: null);
        await app.RunJobAsync(nameof(SendNotices));
        var mail = Assert.IsType<BeforeCourseEmail>((await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.AsNoTracking().SingleAsync(email => email.ToAddress == place.Email, SurveyWorld.Ct))).Message());
        var browser = app.Browse();
        await browser.GetAsync(new Uri(mail.PageUrl).AbsolutePath);
        return (place.PlaceId, mail, browser);
    }

    private async Task<AnswerRefusal?> AnswerAsync(Guid place, string guard)
    {
        await using var scope = app.Scope();
        var services = scope.ServiceProvider;
        var command = new AnswerBefore(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<AnswerSurvey>(), app.Clock) { Guard = guard };
        return await command.RunAsync(place, Given.NewAnswers(await app.Given.AskedAsync(SurveyMoment.Before)), SurveyWorld.Ct);
    }
}

/// <summary>Unless the partnership has switched it on, nobody is asked before a course.</summary>
public sealed class BeforeCourseOffTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Delegate_NotSwitchedOn_IsOfferedNothing()
    {
        var place = await new SurveyWorld(app).AttendedAsync(London.DateOf(app.Clock.Now).AddDays(7), mark: null);
        await app.RunJobAsync(nameof(SendNotices));
        var mail = Assert.IsType<BeforeCourseEmail>((await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.AsNoTracking().SingleAsync(email => email.ToAddress == place.Email, SurveyWorld.Ct))).Message());
        var browser = app.Browse();

        var own = await browser.GetAsync(new Uri(mail.PageUrl).AbsolutePath);

        Assert.False(mail.AsksBefore);
        Assert.Equal("You have a place", own.Heading);
        Assert.DoesNotContain("Answer the questions before the course", own.Main, StringComparison.Ordinal);
        Assert.Equal("These questions are closed", (await browser.GetAsync(SurveyUrls.Before(place.PlaceId))).Heading);
    }
}
