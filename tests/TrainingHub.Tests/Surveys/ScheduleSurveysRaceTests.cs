using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>
/// Several that find the same place without an invitation. The key of the table is the last word: no place has two. What the
/// guard does is that the others pass over it and go on, instead of failing.
/// </summary>
public sealed class ScheduleSurveysRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string Unlocked = Unguarded.Instead(ScheduleSurveys.Insert, "on conflict (place_id, moment) do nothing", "");

    private readonly SurveyWorld world = new(app);

    [Fact]
    public async Task Schedule_FourMeetAtThePlace_InvitesOnceAndNoneFails()
    {
        var place = await world.AttendedAsync(new DateOnly(2026, 10, 14));

        await Gate.MeetAtRowAsync(app.Database, "places", place.PlaceId, [.. Enumerable.Repeat<Func<Task>>(() => RunAsync(ScheduleSurveys.Insert), 4)]);

        Assert.Equal(InvitationState.Scheduled, (await world.InvitationAsync(place)).State);
    }

    [Fact]
    public async Task Schedule_WithoutTheGuard_FailsForTheOtherWhenTheyMeet()
    {
        var place = await world.AttendedAsync(new DateOnly(2026, 10, 14));

        var failure = await Assert.ThrowsAsync<PostgresException>(
            () => Gate.MeetAtRowAsync(app.Database, "places", place.PlaceId, [() => RunAsync(Unlocked), () => RunAsync(Unlocked)]));

        Assert.Equal("ux_survey_invitations_place_id_moment", failure.ConstraintName);
    }

    [Fact]
    public async Task Schedule_WithoutTheGuardInSequence_InvitesOnce()
    {
        var place = await world.AttendedAsync(new DateOnly(2026, 10, 14));

        Assert.Equal(1, await RunAsync(Unlocked));
        Assert.Equal(0, await RunAsync(Unlocked));
        Assert.Equal(InvitationState.Scheduled, (await world.InvitationAsync(place)).State);
    }

    private Task<int> RunAsync(string guard) =>
        new ScheduleSurveys(app.Database, app.Clock, NullLogger<ScheduleSurveys>.Instance) { Guard = guard }.RunAsync(SurveyWorld.Ct);
}
