using TrainingHub.Attendance;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>A place is marked while a file cancels it, whose attendance goes with it: with the lock and without it.</summary>
public sealed class MarkRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Header = "run_reference,delegate_name,delegate_email,sector,area,status\n";

    private readonly RegisterWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(MarkAttendance))]
    [InlineData(nameof(MarkAllAttended))]
    public async Task Marking_PlaceIsCancelledBeforeItIsDone_LeavesNoMark(string command)
    {
        var (run, staff) = await ImportedAsync();

        await Gate.OvertakeAtRowAsync(app.Database, "staff_users", staff, () => MarkAsync(command, run, staff), () => CancelAsync(run));

        Assert.Empty(await world.MarksAsync(run));
    }

    /// <summary>The twin: who does not hold the place while they mark it leaves a mark on one that is cancelled.</summary>
    [Theory]
    [InlineData(nameof(MarkAttendance))]
    [InlineData(nameof(MarkAllAttended))]
    public async Task Marking_WithoutTheLock_LeavesAMarkOnAPlaceCancelledBeforeItIsDone(string command)
    {
        var (run, staff) = await ImportedAsync();

        await Gate.OvertakeAtRowAsync(app.Database, "staff_users", staff, () => MarkUnlockedAsync(command, run, staff), () => CancelAsync(run));

        Assert.Single(await world.MarksAsync(run));
    }

    [Theory]
    [InlineData(nameof(MarkAttendance))]
    [InlineData(nameof(MarkAllAttended))]
    public async Task Marking_WithoutTheLockInSequence_LeavesNoMark(string command)
    {
        var (run, staff) = await ImportedAsync();

        await MarkUnlockedAsync(command, run, staff);
        await CancelAsync(run);
        await MarkUnlockedAsync(command, run, staff);

        Assert.Empty(await world.MarksAsync(run));
    }

    private async Task<(BookedRun Run, Guid Staff)> ImportedAsync() =>
        (await world.RunAsync(world.Today, ["Amina Okafor"], origin: TrainingHub.Bookings.BookingOrigin.Import), await app.Given.StaffAsync());

    private Task CancelAsync(BookedRun run) => app.WithAsync(async (ImportBookings import) =>
    {
        using var file = new MemoryStream([.. System.Text.Encoding.UTF8.GetBytes(
            $"{Header}{run.Reference},Amina Okafor,amina.okafor@example.org,Education,BCP,cancelled\n")]);
        Assert.Equal(1, (await import.RunAsync(file, dryRun: false, Ct)).Changed);
    });

    private Task<int> MarkAsync(string command, BookedRun run, Guid staff) => command == nameof(MarkAttendance)
        ? app.WithAsync(async (MarkAttendance one) => await one.RunAsync(new(run.Id), run.Places[0], Mark.Attended, new(staff, "Ann Coordinator"), Ct) is null ? 1 : 0)
        : app.WithAsync(async (MarkAllAttended all) => (await all.RunAsync(new(run.Id), new(staff, "Ann Coordinator"), Ct)).Marked);

    private Task<int> MarkUnlockedAsync(string command, BookedRun run, Guid staff) =>
        Unguarded.WithoutRowLocksAsync(() => MarkAsync(command, run, staff));
}
