using System.Text;
using TrainingHub.Attendance;
using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>Bookings files and places that are held back for one sector.</summary>
public sealed class ImportHeldBackTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Header = "run_reference,delegate_name,delegate_email,organisation,sector,area,status\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OthersWouldTakeHeldPlaces_IsRefusedAtTheFirstOfThem()
    {
        var run = await HeldAsync(capacity: 3, held: 2);

        var outcome = await ImportAsync($"{Row(run, "one", "Private Sector")}{Row(run, "two", "Education")}{Row(run, "three", "Private Sector")}");

        var error = Assert.Single(outcome.Errors);
        Assert.Equal((4, "run_reference"), (error.Row, error.Column));
        Assert.Contains("holds 1 place for one sector until", error.Message);
        Assert.Equal((0, 0), await CountersAsync(run));
    }

    [Fact]
    public async Task Run_OfTheSectorThenCancelled_KeepsBothCounters()
    {
        var run = await HeldAsync(capacity: 3, held: 2);

        await ImportAsync($"{Row(run, "one", "Private Sector")}{Row(run, "two", "Education")}{Row(run, "three", "Education")}");
        Assert.Equal((3, 2), await CountersAsync(run));
        await ImportAsync($"{Row(run, "two", "Education", "cancelled")}{Row(run, "one", "Private Sector", "cancelled")}");

        Assert.Equal((1, 1), await CountersAsync(run));
    }

    private static string Row(BookedRun run, string name, string sector, string status = "booked") =>
        $"{run.Reference},Delegate {name},{name}@import.example,,{sector},BCP,{status}\n";

    private async Task<BookedRun> HeldAsync(int capacity, int held)
    {
        var world = new RegisterWorld(app);
        var run = await world.RunAsync(world.Today.AddDays(20), capacity: capacity);
        await using var hold = app.Database.CreateCommand("update course_runs set held_back = $2, held_back_for_id = $3, held_back_until = $4 where id = $1");
        hold.Parameters.Add(new() { Value = run.Id });
        hold.Parameters.Add(new() { Value = held });
        hold.Parameters.Add(new() { Value = await app.Given.SectorIdAsync() });
        hold.Parameters.Add(new() { Value = app.Clock.Now.AddDays(5) });
        await hold.ExecuteNonQueryAsync(Ct);
        return run;
    }

    private async Task<(int, int)> CountersAsync(BookedRun run)
    {
        await using var count = app.Database.CreateCommand("select places_taken, held_back_taken from course_runs where id = $1");
        count.Parameters.Add(new() { Value = run.Id });
        await using var row = await count.ExecuteReaderAsync(Ct);
        await row.ReadAsync(Ct);
        return (row.GetInt32(0), row.GetInt32(1));
    }

    private Task<ImportOutcome> ImportAsync(string rows) => app.WithAsync((ImportBookings import) =>
        import.RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(Header + rows)), dryRun: false, Ct));
}
