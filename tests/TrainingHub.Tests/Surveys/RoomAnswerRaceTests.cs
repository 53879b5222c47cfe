using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Two phones answer for one place that has no invitation yet. The key of the table lets one in; the guard makes the other take it.</summary>
public sealed class RoomAnswerRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string Unlocked = Unguarded.Instead(
        AnswerInRoom.Invite,
        """
        on conflict (place_id, moment) do update
        set state = 'Sent', sent_at = excluded.sent_at, version_id = excluded.version_id, closes_at = excluded.closes_at
        where survey_invitations.sent_at is null and survey_invitations.state <> 'Withdrawn'
        """,
        "");

    private readonly SurveyWorld world = new(app);

    private DateOnly Today => London.DateOf(app.Clock.Now);

    [Fact]
    public async Task Room_FourPhonesForOnePlace_LeaveOneAnswer()
    {
        var place = await world.AttendedAsync(Today);

        await Gate.MeetAtRowAsync(app.Database, "places", place.PlaceId, [.. Enumerable.Repeat<Func<Task>>(() => AnswerAsync(place, AnswerInRoom.Invite), 4)]);

        Assert.Equal(1, await world.CountAsync($"survey_responses where run_id = '{place.RunId}'"));
        Assert.Equal(InvitationState.Answered, (await world.InvitationAsync(place)).State);
    }

    [Fact]
    public async Task Room_WithoutTheGuard_FailsForTheOtherWhenTheyMeet()
    {
        var place = await world.AttendedAsync(Today);

        var failure = await Assert.ThrowsAsync<PostgresException>(
            () => Gate.MeetAtRowAsync(app.Database, "places", place.PlaceId, [() => AnswerAsync(place, Unlocked), () => AnswerAsync(place, Unlocked)]));

        Assert.Equal("ux_survey_invitations_place_id_moment", failure.ConstraintName);
    }

    private async Task AnswerAsync(AttendedPlace place, string guard)
    {
        await using var scope = app.Scope();
        var services = scope.ServiceProvider;
        var command = new AnswerInRoom(
            services.GetRequiredService<TrainingHubDb>(), services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<AnswerSurvey>(), services.GetRequiredService<TimeProvider>())
        {
            Guard = guard,
        };
        await command.RunAsync(place.RunId, Guid.NewGuid(), place.Email, Given.NewAnswers(await app.Given.AskedAsync(SurveyMoment.End)), SurveyWorld.Ct);
    }
}
