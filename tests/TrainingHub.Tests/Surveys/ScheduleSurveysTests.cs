using TrainingHub.Attendance;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

public sealed class ScheduleSurveysTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly DateOnly Day = new(2026, 10, 14);
    private readonly SurveyWorld world = new(app);

    [Theory]
    [InlineData(Mark.Attended, 1)]
    [InlineData(Mark.Part, 1)]
    [InlineData(Mark.Absent, 0)]
    [InlineData(null, 0)]
    internal async Task Schedule_Mark_DecidesWhetherOneIsAsked(Mark? mark, int invitations)
    {
        var place = await world.AttendedAsync(Day, mark);

        await RunAsync();

        Assert.Equal(invitations, await world.CountAsync($"survey_invitations where place_id = '{place.PlaceId}'"));
    }

    [Fact]
    public async Task Schedule_NobodyKnown_AsksNobody()
    {
        var place = await world.AttendedAsync(Day, hasPerson: false);

        await RunAsync();

        Assert.Equal(0, await world.CountAsync($"survey_invitations where place_id = '{place.PlaceId}'"));
    }

    [Fact]
    public async Task Schedule_Attended_IsDueAtNineThreeMonthsLater()
    {
        var place = await world.AttendedAsync(new DateOnly(2026, 10, 1));

        await RunAsync();

        var invitation = await world.InvitationAsync(place);
        Assert.Equal(InvitationState.Scheduled, invitation.State);
        Assert.Equal(new DateOnly(2027, 1, 4), invitation.DueOn);
        Assert.Equal(DateTimeOffset.Parse("2027-01-04T09:00:00Z"), invitation.DueAt);
    }

    [Fact]
    public async Task Schedule_FiveAtOnceAndAgain_InvitesOnce()
    {
        var places = new List<AttendedPlace>();
        for (var i = 0; i < 20; i++)
        {
            places.Add(await world.AttendedAsync(Day));
        }

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RunAsync()));
        var again = await RunAsync();

        Assert.Equal(0, again);
        foreach (var place in places)
        {
            Assert.Equal(1, await world.CountAsync($"survey_invitations where place_id = '{place.PlaceId}'"));
        }
    }

    [Fact]
    public async Task Schedule_MarkChangedToAbsentAndBack_WithdrawsAndRevives()
    {
        var place = await world.AttendedAsync(Day);
        await RunAsync();
        await world.DoAsync($"update attendance_marks set mark = 'Absent' where place_id = '{place.PlaceId}'");

        await RunAsync();
        var withdrawn = (await world.InvitationAsync(place)).State;
        await world.DoAsync($"update attendance_marks set mark = 'Part' where place_id = '{place.PlaceId}'");
        await RunAsync();

        Assert.Equal(InvitationState.Withdrawn, withdrawn);
        Assert.Equal(InvitationState.Scheduled, (await world.InvitationAsync(place)).State);
    }

    [Theory]
    [InlineData("delete from attendance_marks where place_id = '{0}'")]
    [InlineData("update places set state = 'Cancelled', ended_at = created_at where id = '{0}'")]
    [InlineData("update course_runs set state = 'Cancelled', cancelled_at = starts_at where id = (select run_id from places where id = '{0}')")]
    public async Task Schedule_ReasonGone_Withdraws(string change)
    {
        var place = await world.AttendedAsync(Day);
        await RunAsync();
        await world.DoAsync(string.Format(change, place.PlaceId));

        await RunAsync();

        Assert.Equal(InvitationState.Withdrawn, (await world.InvitationAsync(place)).State);
    }

    [Fact]
    public async Task Schedule_RunMoves_MovesWhatIsNotSent()
    {
        var place = await world.AttendedAsync(Day);
        await RunAsync();
        await world.DoAsync($"update course_runs set runs_on = '2026-10-21', starts_at = starts_at + interval '7 days', ends_at = ends_at + interval '7 days' where id = '{place.RunId}'");

        await RunAsync();

        var invitation = await world.InvitationAsync(place);
        Assert.Equal(new DateOnly(2027, 1, 21), invitation.DueOn);
        Assert.Equal(DateTimeOffset.Parse("2027-01-21T09:00:00Z"), invitation.DueAt);
    }

    [Fact]
    public async Task Schedule_RunMovesAfterSending_ChangesNothing()
    {
        var (place, _, _, _) = await world.InvitedAsync();
        var before = await world.InvitationAsync(place);
        await world.DoAsync($"update course_runs set runs_on = '2026-10-21', starts_at = starts_at + interval '7 days', ends_at = ends_at + interval '7 days' where id = '{place.RunId}'");

        await RunAsync();

        Assert.Equal(before.DueAt, (await world.InvitationAsync(place)).DueAt);
    }

    private async Task<int> RunAsync() => await app.RunJobAsync(nameof(ScheduleSurveys));
}
