using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Several that find the same place without an invitation to say how the course was: see <see cref="ScheduleSurveysRaceTests"/>.</summary>
public sealed class ScheduleEvaluationsRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string Unlocked = Unguarded.Instead(ScheduleEvaluations.Insert, "on conflict (place_id, moment) do nothing", "");

    private readonly SurveyWorld world = new(app);

    private DateOnly Yesterday => London.DateOf(app.Clock.Now).AddDays(-1);

    [Fact]
    public async Task Schedule_FourMeetAtThePlace_InvitesOnceAndNoneFails()
    {
        var place = await world.AttendedAsync(Yesterday);

        await Gate.MeetAtRowAsync(app.Database, "places", place.PlaceId, [.. Enumerable.Repeat<Func<Task>>(() => RunAsync(ScheduleEvaluations.Insert), 4)]);

        Assert.Equal((SurveyMoment.End, InvitationState.Scheduled), await StateAsync(place));
    }

    [Fact]
    public async Task Schedule_WithoutTheGuard_FailsForTheOtherWhenTheyMeet()
    {
        var place = await world.AttendedAsync(Yesterday);

        var failure = await Assert.ThrowsAsync<PostgresException>(
            () => Gate.MeetAtRowAsync(app.Database, "places", place.PlaceId, [() => RunAsync(Unlocked), () => RunAsync(Unlocked)]));

        Assert.Equal("ux_survey_invitations_place_id_moment", failure.ConstraintName);
    }

    private async Task<(SurveyMoment, InvitationState)> StateAsync(AttendedPlace place)
    {
        var invitation = await world.InvitationAsync(place);
        return (invitation.Moment, invitation.State);
    }

    private Task<int> RunAsync(string guard) => new ScheduleEvaluations(app.Database, app.Clock) { Guard = guard }.RunAsync(SurveyWorld.Ct);
}
