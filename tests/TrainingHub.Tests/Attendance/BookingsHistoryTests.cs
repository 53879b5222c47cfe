using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Platform.Files;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>What a bookings file leaves in the history of its dates.</summary>
public sealed class BookingsHistoryTests(TestDatabase databases) : IAsyncLifetime
{
    private const string Header =
        "run_reference,delegate_name,delegate_email,organisation,sector,area,booked_on,status,attendance,price,paid,payment_method\n";

    private readonly TestApp app = new(databases);
    private RegisterWorld world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Run_SeveralDates_EachDateSaysHowManyAndNobodysName()
    {
        var (run, other) = (await world.RunAsync(world.Today.AddDays(-7)), await world.RunAsync(world.Today.AddDays(-6)));
        await ImportAsync($"{run.Reference},Amina Okafor,amina@example.org,,Education,BCP,,,,82,0,\n");
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        await ImportAsync(
            $"{run.Reference},Amina Okafor,amina@example.org,,Education,BCP,,,attended,82,82,\n"
            + $"{run.Reference},Tom Rees,tom@example.org,,Education,BCP,,,,82,0,\n"
            + $"{other.Reference},Tom Rees,tom@example.org,,Education,BCP,,cancelled,,82,0,\n");

        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}");
        var entry = page.All(".app-history__entry")[0];
        Assert.StartsWith("Bookings imported by Command line", entry, StringComparison.Ordinal);
        Assert.Contains("From the file “a test.csv”. Bookings added: 1, marked otherwise: 1, paid: 1.", entry, StringComparison.Ordinal);
        Assert.Contains("Places taken: 1 → 2", entry, StringComparison.Ordinal);
        Assert.Equal(3, await app.WithAsync((TrainingHubDb db) => db.HistoryEntries.CountAsync(one => one.Act == "Bookings imported", Ct)));
        Assert.DoesNotContain("Okafor", page.Find(".app-history").TextContent, StringComparison.Ordinal);
    }

    private async Task<ImportOutcome> ImportAsync(string rows)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Header + rows));
        return await app.WithAsync<ImportBookings, ImportOutcome>(import => import.RunAsync(file, dryRun: false, Ct));
    }
}
