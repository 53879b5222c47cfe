using System.Text.RegularExpressions;
using TrainingHub.Attendance;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>Somebody marks by hand while a report is accepted, or while what was marked at once is undone: the hand wins. With the guard and without it.</summary>
public sealed partial class ReportRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly RegisterWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accept_HandMarksBeforeItIsDone_LeavesTheHandsMark()
    {
        var (run, by, reader) = await MakeAsync();

        await Gate.OvertakeAtRowAsync(app.Database, "staff_users", by, () => HandAsync(run, by), () => AcceptAsync(run, reader));

        Assert.Equal([Mark.Absent, Mark.Attended], await MarksAsync(run));
    }

    /// <summary>The twin: who only looks whether there is a mark loses the whole report.</summary>
    [Fact]
    public async Task Accept_WithoutLockAndConflict_FailsWhenAHandMarksBeforeItIsDone()
    {
        var (run, by, reader) = await MakeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => Gate.OvertakeAtRowAsync(
            app.Database, "staff_users", by, () => HandAsync(run, by), () => Unguarded.InsteadAsync(LockOrConflict(), "", () => AcceptAsync(run, reader))));

        Assert.Equal([Mark.Absent], await MarksAsync(run));
    }

    [Fact]
    public async Task Accept_WithoutLockAndConflictInSequence_LeavesTheHandsMark()
    {
        var (run, by, reader) = await MakeAsync();

        await HandAsync(run, by);
        await Unguarded.InsteadAsync(LockOrConflict(), "", () => AcceptAsync(run, reader));

        Assert.Equal([Mark.Absent, Mark.Attended], await MarksAsync(run));
    }

    [Fact]
    public async Task Undo_HandMarksBeforeItIsDone_LeavesTheHandsMark()
    {
        var (run, by, reader) = await MakeAsync();
        var at = await AllAsync(run, reader);

        await Gate.OvertakeAtRowAsync(app.Database, "staff_users", by, () => HandAsync(run, by), () => UndoAsync(run, reader, at));

        Assert.Equal([Mark.Absent], await MarksAsync(run));
    }

    /// <summary>The twin: who takes back the marks of the places that they saw takes the hand's mark too.</summary>
    [Fact]
    public async Task Undo_OfWhateverStandsThere_TakesTheHandsMark()
    {
        var (run, by, reader) = await MakeAsync();
        var at = await AllAsync(run, reader);

        await Gate.OvertakeAtRowAsync(
            app.Database, "staff_users", by, () => HandAsync(run, by), () => Unguarded.InsteadAsync(SameAct(), "", () => UndoAsync(run, reader, at)));

        Assert.Empty(await MarksAsync(run));
    }

    private async Task<(BookedRun Run, Guid By, Guid Reader)> MakeAsync() =>
        (await world.RunAsync(world.Today, ["Amina Okafor", "Tom Rees"]), await app.Given.StaffAsync(), await app.Given.StaffAsync("Rea Reader"));

    private Task HandAsync(BookedRun run, Guid by) => app.WithAsync(async (MarkAttendance hand) =>
        Assert.Null(await hand.RunAsync(new(run.Id), run.Places[0], Mark.Absent, new(by, "Cora Coordinator"), Ct)));

    private Task<int> AcceptAsync(BookedRun run, Guid by) => app.WithAsync(async (AcceptReport accept) => (await accept.RunAsync(
        new(run.Id), ReportKind.Teams, [.. run.Places.Select(place => new ReportedMark(place, Mark.Attended, 180, null, null))], new(by, "Rea Reader"), Ct)).Set.Count);

    private async Task<DateTimeOffset> AllAsync(BookedRun run, Guid by)
    {
        await app.WithAsync((MarkAllAttended all) => all.RunAsync(new(run.Id), new(by, "Rea Reader"), Ct));
        var at = (await world.MarksAsync(run))[0].MarkedAt;
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        return at;
    }

    private Task<int> UndoAsync(BookedRun run, Guid by, DateTimeOffset at) =>
        app.WithAsync((UndoMarks undo) => undo.RunAsync(new(run.Id), at, new(by, "Rea Reader"), Ct));

    private async Task<IEnumerable<Mark>> MarksAsync(BookedRun run)
    {
        var marks = (await world.MarksAsync(run)).ToDictionary(mark => mark.PlaceId, mark => mark.Mark);
        return run.Places.Where(marks.ContainsKey).Select(place => marks[place]);
    }

    [GeneratedRegex(@"for no key update|on conflict \(place_id\) do nothing")]
    private static partial Regex LockOrConflict();

    [GeneratedRegex(@" and marked_at = \S+ and marked_by_id = \S+")]
    private static partial Regex SameAct();
}
