using Npgsql;
using TrainingHub.Attendance;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>How a course was is asked on the day after it, once, beside what is asked three months later and apart from it.</summary>
public sealed class EvaluationTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);
    private SurveyWorld world = null!;

    private DateOnly Today => London.DateOf(app.Clock.Now);

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(-14, 1)]
    [InlineData(-15, 0)]
    public async Task Schedule_AttendedDaysAgo_IsAskedOnceWhereItWasNotLongAgo(int days, int asked)
    {
        var place = await world.AttendedAsync(Today.AddDays(days));

        await app.RunJobAsync(nameof(ScheduleEvaluations));
        await app.RunJobAsync(nameof(ScheduleEvaluations));

        var due = Today.AddDays(days + 1);
        Assert.Equal(asked, await world.CountAsync(
            $"survey_invitations where place_id = '{place.PlaceId}' and moment = 'End' and state = 'Scheduled' and due_on = '{due:O}' and due_at = '{London.Instant(due, new TimeOnly(9, 0)):O}'"));
        Assert.Equal(asked, await world.CountAsync("survey_invitations"));
    }

    [Theory]
    [InlineData(Mark.Absent)]
    [InlineData(null)]
    internal async Task Schedule_NotAttended_AsksNobody(Mark? mark)
    {
        await world.AttendedAsync(Today.AddDays(-1), mark);

        await app.RunJobAsync(nameof(ScheduleEvaluations));

        Assert.Equal(0, await world.CountAsync("survey_invitations"));
    }

    [Fact]
    public async Task Schedule_BesideTheThreeMonthSurvey_IsAnInvitationOfItsOwn()
    {
        await world.AttendedAsync(Today.AddDays(-1));

        await app.RunJobAsync(nameof(ScheduleSurveys));
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        await app.RunJobAsync(nameof(ScheduleSurveys));

        Assert.Equal(1, await world.CountAsync("survey_invitations where moment = 'ThreeMonths'"));
        Assert.Equal(1, await world.CountAsync("survey_invitations where moment = 'End'"));
    }

    [Fact]
    public async Task Schedule_MarkedAbsentAfterAll_IsWithdrawn()
    {
        var place = await world.AttendedAsync(Today.AddDays(-1));
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        await world.DoAsync($"update attendance_marks set mark = 'Absent' where place_id = '{place.PlaceId}'");

        await app.RunJobAsync(nameof(ScheduleSurveys));
        await SendAsync();

        Assert.Equal(InvitationState.Withdrawn, (await world.InvitationAsync(place)).State);
        Assert.Equal(0, await world.EmailsAsync(place, "evaluation"));
    }

    [Fact]
    public async Task Send_Due_SendsOneEmailThatNamesCourseAndDate()
    {
        var place = await world.AttendedAsync(Today.AddDays(-1));
        await app.RunJobAsync(nameof(ScheduleEvaluations));

        await SendAsync();
        app.Clock.Advance(TimeSpan.FromDays(20));
        await SendAsync();
        await app.RunJobAsync(nameof(SendSurveyReminders));

        var (course, _) = await world.NamesAsync(place);
        var invitation = await world.InvitationAsync(place);
        Assert.Equal(1, await world.CountAsync($"outgoing_emails where to_address = '{place.Email}' and kind = 'evaluation'"));
        Assert.Equal(course, await world.ScalarAsync<string>("select model -> 'Asked' -> 0 ->> 'Course' from outgoing_emails where kind = 'evaluation'"));
        Assert.Equal(0, await world.EmailsAsync(place, "survey-reminder"));
        Assert.Equal(SurveyTimes.ClosesAt(invitation.SentAt!.Value, SurveyMoment.End), invitation.ClosesAt);
        Assert.Equal(SurveyTimes.EvaluationOpenDays, SurveyTimes.ClosesOn(invitation.SentAt.Value, SurveyMoment.End).DayNumber - London.DateOf(invitation.SentAt.Value).DayNumber);
    }

    [Fact]
    public async Task Send_TwoWeeksLate_IsMissed()
    {
        var place = await world.AttendedAsync(Today.AddDays(-1));
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        app.Clock.Advance(TimeSpan.FromDays(SurveyTimes.EvaluationTooLateDays + 1));

        await SendAsync();

        Assert.Equal(InvitationState.Missed, (await world.InvitationAsync(place)).State);
        Assert.Equal(0, await world.EmailsAsync(place, "evaluation"));
    }

    [Fact]
    public async Task Send_PersonWantsNoSurveys_SendsNothing()
    {
        var place = await world.AttendedAsync(Today.AddDays(-1));
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        await world.DoAsync($"update people set surveys_stopped_at = created_at where id = '{place.PersonId}'");

        await SendAsync();

        Assert.Equal(InvitationState.Stopped, (await world.InvitationAsync(place)).State);
        Assert.Equal(0, await world.EmailsAsync(place, "evaluation"));
    }

    [Fact]
    public async Task Answer_SentTwice_CorrectsTheFirstAndIsInNoFigureOfTheThreeMonthReport()
    {
        var (place, link) = await AskedAsync();
        var browser = app.Browse();
        var form = await browser.GetAsync(link);
        var thanks = await form.SubmitAsync(await FilledAsync("8", "The case study"));
        await (await browser.GetAsync(link)).SubmitAsync(await FilledAsync("9", "The case study"));

        Assert.Equal("How was your course?", form.Heading);
        Assert.Equal("Thank you", thanks.Heading);
        Assert.Contains("In three months we ask what has changed in your work.", thanks.Main, StringComparison.Ordinal);
        Assert.Equal(InvitationState.Answered, (await world.InvitationAsync(place)).State);
        Assert.Equal(1, await world.CountAsync("survey_responses"));
        Assert.Equal("9", await world.ScalarAsync<string>("select label from survey_answers where question_key = 'confidence'"));
        Assert.Equal(0, await world.CountAsync("sent_surveys"));
        var report = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/reports/impact");
        Assert.Contains("Nobody has answered in this period", report.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_QuestionLeftOut_SaysSoAndKeepsWhatWasTyped()
    {
        var (_, link) = await AskedAsync();
        var page = await (await app.Browse().GetAsync(link)).SubmitAsync(form => form["Form.MostUseful"] = "The talk");

        Assert.Contains("Select how confident you are, from 0 to 10", page.Main, StringComparison.Ordinal);
        Assert.Contains("The talk", page.Main, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("survey_responses"));
    }

    [Fact]
    public async Task Comment_OfTheEnd_SaysFromWhichSurveyItCame()
    {
        var (_, link) = await AskedAsync();
        await (await app.Browse().GetAsync(link)).SubmitAsync(await FilledAsync("8", "Canary of the end"));

        var queue = await (await app.BrowseAsStaffAsync()).GetAsync(SurveyUrls.Comments);

        Assert.Contains("Canary of the end", queue.Main, StringComparison.Ordinal);
        Assert.Contains("End of the course: What was most useful to you?", queue.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invitation_WithTheQuestionsOfAnotherMoment_IsRefusedByTheDatabase()
    {
        await world.AttendedAsync(Today.AddDays(-1));
        await app.RunJobAsync(nameof(ScheduleEvaluations));

        var failure = await Assert.ThrowsAsync<PostgresException>(() => world.DoAsync(
            """
            update survey_invitations
            set state = 'Sent', sent_at = now(), version_id = (select version.id from survey_versions version join surveys survey on survey.id = version.survey_id where survey.moment = 'ThreeMonths')
            """));

        Assert.Equal("ck_survey_invitations_version_moment", failure.ConstraintName);
    }

    [Fact]
    public async Task Editor_OfTheEndOfCourse_ChangesItsOwnQuestionsAlone()
    {
        await app.Given.NumbersCheckedAsync();
        var staff = await app.BrowseAsStaffAsync();
        var first = await staff.GetAsync(SurveyUrls.Questions);
        var end = await first.FollowAsync("End of the course");
        var draft = await end.SubmitAsync(button: "Write the next version");
        await (await staff.GetAsync(SurveyUrls.Question("pace", Survey.EndOfCourse))).SubmitAsync(form => form["Form.Wording"] = "Was it too fast?");

        var published = await (await staff.GetAsync(SurveyUrls.PublishQuestions(Survey.EndOfCourse))).SubmitAsync();

        Assert.Equal("Questions: Three months later", first.Heading);
        Assert.Equal("Questions: End of the course", draft.Heading);
        Assert.Contains("Published. New invitations ask this version", published.Main, StringComparison.Ordinal);
        Assert.Equal("Questions: End of the course", published.Heading);
        Assert.Contains("Was it too fast?", (await (await app.Browse().GetAsync((await AskedAsync()).Link)).SubmitAsync()).Main, StringComparison.Ordinal);
        Assert.Equal(1, await world.CountAsync("survey_versions version join surveys survey on survey.id = version.survey_id where survey.moment = 'ThreeMonths'"));
    }

    [Fact]
    public async Task Unlink_ClosedForLong_NothingLeadsToTheAnswer()
    {
        var (_, link) = await AskedAsync();
        await (await app.Browse().GetAsync(link)).SubmitAsync(await FilledAsync("8", ""));
        app.Clock.Advance(TimeSpan.FromDays(SurveyTimes.EvaluationOpenDays + SurveyTimes.UnlinkDays + 1));

        await app.RunJobAsync(nameof(UnlinkAnswers));

        Assert.Equal(0, await world.CountAsync("survey_links"));
        Assert.Equal(1, await world.CountAsync("survey_responses where run_id is null and submitted_within <> 'Day'"));
    }

    private Task<int> SendAsync() => app.RunJobAsync(nameof(SendDueSurveys));

    /// <summary>A delegate who has just been asked, and the path of their link.</summary>
    private async Task<(AttendedPlace Place, string Link)> AskedAsync()
    {
        var place = await world.AttendedAsync(Today.AddDays(-2));
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        await SendAsync();
        var link = await world.ScalarAsync<string>($"select model -> 'Asked' -> 0 ->> 'SurveyUrl' from outgoing_emails where kind = 'evaluation' and to_address = '{place.Email}'");
        return (place, new Uri(link).AbsolutePath);
    }

    /// <summary>Both scales have the same words, so they are chosen by what the form sends.</summary>
    private async Task<Action<TestForm>> FilledAsync(string confidence, string useful)
    {
        var asked = await app.Given.AskedAsync(SurveyMoment.End);
        return form =>
        {
            form["Form.Confidence"] = $"{asked.Option("confidence", confidence)}";
            form["Form.Knowledge"] = $"{asked.Option("knowledge", "7")}";
            form["Form.Pace"] = form.ValueOf("About right");
            form["Form.MostUseful"] = useful;
        };
    }
}
