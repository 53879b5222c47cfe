using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

public sealed class SendDueSurveysTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly SurveyWorld world = new(app);

    private DateOnly ThreeMonthsAgo => London.DateOf(app.Clock.Now).AddMonths(-3);

    [Fact]
    public async Task Send_Due_SendsOneEmailAndMarks()
    {
        var (place, _, token, _) = await world.InvitedAsync();

        var again = await app.RunJobAsync(nameof(SendDueSurveys));

        var invitation = await world.InvitationAsync(place);
        Assert.Equal(0, again);
        Assert.Equal(1, await world.EmailsAsync(place, "survey-invitation"));
        Assert.Equal(app.Clock.Now, invitation.SentAt);
        Assert.Equal(SurveyTimes.ClosesAt(app.Clock.Now), invitation.ClosesAt);
        Assert.Equal(1, await world.CountAsync($"outgoing_emails where id = '{invitation.EmailId}'"));
        // Only the hash of the link is kept beside the email.
        Assert.Equal(0, await world.CountAsync($"secret_links where position(convert_to('{token}', 'UTF8') in hash) > 0"));
    }

    [Fact]
    public async Task Send_NotDueYet_Waits()
    {
        var place = await world.AttendedAsync(ThreeMonthsAgo.AddDays(8));
        await app.RunJobAsync(nameof(ScheduleSurveys));

        await app.RunJobAsync(nameof(SendDueSurveys));

        Assert.Equal(InvitationState.Scheduled, (await world.InvitationAsync(place)).State);
        Assert.Equal(0, await world.EmailsAsync(place, "survey-invitation"));
    }

    [Theory]
    [InlineData("update people set surveys_stopped_at = created_at where id = '{0}'", InvitationState.Stopped)]
    [InlineData("update places set person_id = null, delegate_name = null where person_id = '{0}'", InvitationState.Missed)]
    [InlineData("update people set email = 'not an address' where id = '{0}'", InvitationState.Missed)]
    [InlineData("update attendance_marks set mark = 'Absent' where place_id = (select id from places where person_id = '{0}')", InvitationState.Withdrawn)]
    [InlineData("update course_runs set state = 'Cancelled', cancelled_at = starts_at where id = (select run_id from places where person_id = '{0}')", InvitationState.Withdrawn)]
    internal async Task Send_ReasonAgainstAppearedSinceScheduling_SendsNothing(string change, InvitationState state)
    {
        var place = await world.AttendedAsync(ThreeMonthsAgo);
        await app.RunJobAsync(nameof(ScheduleSurveys));
        await world.DoAsync(string.Format(change, place.PersonId));

        await app.RunJobAsync(nameof(SendDueSurveys));

        Assert.Equal(state, (await world.InvitationAsync(place)).State);
        Assert.Equal(0, await world.EmailsAsync(place, "survey-invitation"));
    }

    [Theory]
    [InlineData(-42, InvitationState.Sent)]
    [InlineData(-43, InvitationState.Missed)]
    internal async Task Send_Late_IsMissedAfterFortyTwoDays(int days, InvitationState state)
    {
        var place = await world.AttendedAsync(ThreeMonthsAgo);
        await app.RunJobAsync(nameof(ScheduleSurveys));
        await world.DoAsync($"update survey_invitations set due_at = '{app.Clock.Now.AddDays(days):O}' where place_id = '{place.PlaceId}'");

        await app.RunJobAsync(nameof(SendDueSurveys));

        Assert.Equal(state, (await world.InvitationAsync(place)).State);
    }

    [Fact]
    public async Task Send_EightSendersAtOnce_SendEachOnce()
    {
        var places = await ScheduledAsync(60);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.RunJobAsync(nameof(SendDueSurveys))));

        Assert.Equal(places.Count, await world.CountAsync("outgoing_emails where kind = 'survey-invitation' and to_address in (" + Listed(places) + ")"));
    }

    [Fact]
    public async Task Send_EightSendersWithoutTheClaim_SendSomeTwice()
    {
        var places = await ScheduledAsync(60);

        await Gate.MeetAsync(app.Database, "outgoing_emails", 8, SendUnguardedAsync);

        Assert.True(await world.CountAsync("outgoing_emails where kind = 'survey-invitation' and to_address in (" + Listed(places) + ")") > places.Count);
    }

    [Fact]
    public async Task Send_WithoutTheClaimInSequence_SendsEachOnce()
    {
        var places = await ScheduledAsync(4);

        await SendUnguardedAsync();
        await SendUnguardedAsync();

        Assert.Equal(places.Count, await world.CountAsync("outgoing_emails where kind = 'survey-invitation' and to_address in (" + Listed(places) + ")"));
    }

    private Task SendUnguardedAsync() =>
        Unguarded.WithoutRowLocksAsync(() => app.WithAsync<SendDueSurveys, int>(job => job.RunAsync(SurveyWorld.Ct)));

    private async Task<List<AttendedPlace>> ScheduledAsync(int count)
    {
        var places = new List<AttendedPlace>();
        for (var i = 0; i < count; i++)
        {
            places.Add(await world.AttendedAsync(ThreeMonthsAgo));
        }

        await app.RunJobAsync(nameof(ScheduleSurveys));
        return places;
    }

    private static string Listed(List<AttendedPlace> places) => string.Join(", ", places.Select(place => $"'{place.Email}'"));
}
