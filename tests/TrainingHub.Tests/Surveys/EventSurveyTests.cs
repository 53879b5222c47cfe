using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>An event asks its own short survey on the day after it, and nothing three months later; no figure of three months counts it.</summary>
public sealed class EventSurveyTests(TestDatabase databases) : IAsyncLifetime
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
    [InlineData(CourseKind.Conference)]
    [InlineData(CourseKind.LearningEvent)]
    [InlineData(CourseKind.Briefing)]
    [InlineData(CourseKind.LearningCircle)]
    internal async Task Schedule_Event_AsksOnceSoonAfterAndNeverAgain(CourseKind kind)
    {
        var place = await world.AttendedAsync(Today.AddDays(-1), kind: kind);

        for (var turn = 0; turn < 2; turn++)
        {
            await app.RunJobAsync(nameof(ScheduleSurveys));
            await app.RunJobAsync(nameof(ScheduleEvaluations));
        }

        Assert.Equal(1, await world.CountAsync($"survey_invitations where place_id = '{place.PlaceId}' and moment = 'Event' and due_on = '{Today:O}'"));
        Assert.Equal(1, await world.CountAsync("survey_invitations"));
    }

    [Fact]
    public async Task Schedule_CourseBesideAnEvent_IsAskedAsBefore()
    {
        await world.AttendedAsync(Today.AddDays(-1), kind: CourseKind.Conference);
        await world.AttendedAsync(Today.AddDays(-1));

        await app.RunJobAsync(nameof(ScheduleSurveys));
        await app.RunJobAsync(nameof(ScheduleEvaluations));

        Assert.Equal((1, 1, 1), (
            await world.CountAsync("survey_invitations where moment = 'ThreeMonths'"),
            await world.CountAsync("survey_invitations where moment = 'End'"),
            await world.CountAsync("survey_invitations where moment = 'Event'")));
    }

    [Fact]
    public async Task Event_FromTheEmailToTheAnswer_IsInNoFigureOfThreeMonths()
    {
        var place = await world.AttendedAsync(Today.AddDays(-1), kind: CourseKind.Conference);
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunJobAsync(nameof(SendDueSurveys));
        await app.RunJobAsync(nameof(SendDueSurveys));
        var email = await app.WithAsync(async (TrainingHubDb db) =>
            (EvaluationEmail)(await db.OutgoingEmails.SingleAsync(mail => mail.ToAddress == place.Email && mail.Kind == "evaluation", SurveyWorld.Ct)).Message());
        Assert.True(email.IsEvent);

        var page = await app.Browse().GetAsync(new Uri(email.Asked[0].SurveyUrl).PathAndQuery);
        Assert.Equal("How was the event?", page.Heading);
        var done = await page.SubmitAsync(form =>
        {
            form["Form.Rating"] = form.ValueOf("Excellent");
            form["Form.Useful"] = form.ValueOf("Very useful");
        });

        Assert.Contains("We ask nothing more about this event.", done.Main);
        Assert.Equal((1, 0), (await world.CountAsync("survey_responses"), await world.CountAsync("sent_surveys")));
        app.Clock.Advance(TimeSpan.FromDays(100));
        await app.RunJobAsync(nameof(ScheduleSurveys));
        await app.RunJobAsync(nameof(SendDueSurveys));
        Assert.Equal(0, await world.EmailsAsync(place, "survey-invitation"));
    }

    [Fact]
    public async Task Event_MarkedAbsentAfterAll_IsNotAsked()
    {
        var place = await world.AttendedAsync(Today.AddDays(-1), kind: CourseKind.Briefing);
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        await world.DoAsync($"update attendance_marks set mark = 'Absent' where place_id = '{place.PlaceId}'");

        await app.RunJobAsync(nameof(ScheduleSurveys));
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunJobAsync(nameof(SendDueSurveys));

        Assert.Equal((InvitationState.Withdrawn, 0), ((await world.InvitationAsync(place)).State, await world.EmailsAsync(place, "evaluation")));
    }

    [Fact]
    public async Task Event_CodeInTheRoom_AsksTheQuestionsOfEvents()
    {
        var place = await world.AttendedAsync(Today, kind: CourseKind.Conference);
        var codes = app.Services.GetRequiredService<DoorCodes>();
        var page = await app.Browse().GetAsync(SurveyUrls.Room(await codes.OfDateAsync(place.RunId, SurveyWorld.Ct)));
        Assert.Equal("How was the event?", page.Heading);

        await page.SubmitAsync(form =>
        {
            form["Who"] = place.Email;
            form["Form.Rating"] = form.ValueOf("Good");
            form["Form.Useful"] = form.ValueOf("Very useful");
        });
        await app.RunJobAsync(nameof(ScheduleEvaluations));

        Assert.Equal(1, await world.CountAsync("survey_invitations where moment = 'Event' and state = 'Answered'"));
        Assert.Equal(1, await world.CountAsync("survey_invitations"));
    }
}
