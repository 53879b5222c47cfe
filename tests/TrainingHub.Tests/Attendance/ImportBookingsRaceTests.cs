using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>
/// One file of bookings imported by two at once, with the lock of its dates and without it. A place that is booked has a key that
/// lets it in once; a cancelled one has none, so it is the lock alone that keeps it from being there twice.
/// </summary>
public sealed class ImportBookingsRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly RegisterWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_SameFileTwiceBeforeItIsWritten_AddsItOnce()
    {
        var run = await world.RunAsync(world.Today.AddDays(-7));

        await Gate.MeetAsync(app.Database, "places", 2, () => ImportAsync(run));

        Assert.Equal(1, await PlacesAsync(run));
    }

    [Fact]
    public async Task Run_WithoutTheLock_AddsItTwiceWhenTheyMeet()
    {
        var run = await world.RunAsync(world.Today.AddDays(-7));

        await Gate.MeetAsync(app.Database, "places", 2, () => ImportUnlockedAsync(run));

        Assert.Equal(2, await PlacesAsync(run));
    }

    [Fact]
    public async Task Run_WithoutTheLockInSequence_AddsItOnce()
    {
        var run = await world.RunAsync(world.Today.AddDays(-7));

        await ImportUnlockedAsync(run);
        var again = await ImportUnlockedAsync(run);

        Assert.Equal((0, 1), (again.Added, again.Unchanged));
        Assert.Equal(1, await PlacesAsync(run));
    }

    private Task<ImportOutcome> ImportAsync(BookedRun run) => app.WithAsync(async (ImportBookings import) =>
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(
            $"run_reference,delegate_name,delegate_email,sector,area,status\n{run.Reference},Amina Okafor,{run.Id}@example.org,Education,BCP,cancelled\n"));
        return await import.RunAsync(file, dryRun: false, Ct);
    });

    private Task<ImportOutcome> ImportUnlockedAsync(BookedRun run) => Unguarded.WithoutRowLocksAsync(() => ImportAsync(run));

    private Task<int> PlacesAsync(BookedRun run) => app.WithAsync((TrainingHubDb db) => db.Places.CountAsync(place => place.RunId == run.Id, Ct));
}
