using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>From the invitation to the end, day by day. Each test has an application of its own, since the clock only goes forward.</summary>
public sealed class SurveyLifeTests(TestDatabase databases) : IAsyncLifetime
{
    private static readonly string[] Jobs =
    [
        nameof(ScheduleSurveys), nameof(SendDueSurveys), nameof(SendSurveyReminders), nameof(CloseSurveys), nameof(UnlinkAnswers),
    ];

    private readonly TestApp app = new(databases);
    private SurveyWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Life_NoAnswer_GetsTwoRemindersAndCloses()
    {
        var (place, _, _, _) = await world.InvitedAsync();
        var reminders = new Dictionary<int, long>();
        for (var day = 1; day <= 44; day++)
        {
            await NextDayAsync();
            reminders[day] = await world.EmailsAsync(place, "survey-reminder");
        }

        // Looked at each morning: what goes out at half past twelve and at four is there the next day.
        Assert.Equal([0, 1, 1, 2, 2], [reminders[10], reminders[11], reminders[24], reminders[25], reminders[44]]);
        Assert.Equal(1, await world.EmailsAsync(place, "survey-invitation"));
        Assert.Equal(InvitationState.Closed, (await world.InvitationAsync(place)).State);
    }

    [Fact]
    public async Task Reminder_SecondOne_SaysThatItIsTheLast()
    {
        var (place, _, _, _) = await world.InvitedAsync();
        for (var day = 1; day <= 25; day++)
        {
            await NextDayAsync();
        }

        Assert.Equal("false,true", await world.ScalarAsync<string>(
            $"select string_agg(model ->> 'IsLast', ',' order by created_at) from outgoing_emails where kind = 'survey-reminder' and to_address = '{place.Email}'"));
    }

    [Theory]
    [InlineData("update survey_invitations set state = 'Answered', next_reminder_at = null where place_id = '{0}'", InvitationState.Answered)]
    [InlineData("update people set surveys_stopped_at = created_at where id = (select person_id from places where id = '{0}')", InvitationState.Stopped)]
    [InlineData("update attendance_marks set mark = 'Absent' where place_id = '{0}'", InvitationState.Withdrawn)]
    [InlineData("update places set person_id = null, delegate_name = null where id = '{0}'", InvitationState.Sent)]
    [InlineData("update outgoing_emails set state = 'Bounced' where id = (select email_id from survey_invitations where place_id = '{0}')", InvitationState.Sent)]
    internal async Task Reminder_ReasonAgainst_SendsNone(string change, InvitationState state)
    {
        var (place, _, _, _) = await world.InvitedAsync();
        await world.DoAsync(string.Format(change, place.PlaceId));
        for (var day = 1; day <= 30; day++)
        {
            await NextDayAsync();
        }

        Assert.Equal(0, await world.EmailsAsync(place, "survey-reminder"));
        Assert.Equal(state, (await world.InvitationAsync(place)).State);
    }

    [Fact]
    public async Task Unlink_ThirtyDaysAfterTheClose_LeavesAnswersWithoutALink()
    {
        var (place, invitation, _, _) = await world.InvitedAsync();
        await AnswerAsync(invitation);
        var closesAt = (await world.InvitationAsync(place)).ClosesAt ?? default;

        app.Clock.MoveTo(closesAt.AddDays(SurveyTimes.UnlinkDays).AddSeconds(-1));
        await app.RunJobAsync(nameof(UnlinkAnswers));
        var before = await world.CountAsync("survey_links");
        app.Clock.MoveTo(closesAt.AddDays(SurveyTimes.UnlinkDays));
        await app.RunJobAsync(nameof(UnlinkAnswers));
        var after = await world.CountAsync("survey_links");
        app.Clock.MoveTo(SurveyTimes.LinkExpiresAt(closesAt));
        await app.RunJobAsync(nameof(PruneLinks));

        Assert.Equal(30, SurveyTimes.UnlinkDays);
        Assert.Equal((1, 0), (before, after));
        Assert.Equal(1, await world.CountAsync("survey_responses"));
        Assert.Equal(0, await world.CountAsync("secret_links where purpose = 'survey'"));
    }

    private async Task AnswerAsync(Guid invitation)
    {
        await using var scope = app.Scope();
        var answers = Given.NewAnswers(await app.Given.AskedAsync());
        Assert.Null(await scope.ServiceProvider.GetRequiredService<AnswerSurvey>().RunAsync(invitation, answers, SurveyWorld.Ct));
    }

    private async Task NextDayAsync()
    {
        app.Clock.Advance(TimeSpan.FromDays(1));
        foreach (var job in Jobs)
        {
            await app.RunJobAsync(job);
            await app.RunJobAsync(job);
        }
    }
}
