using Npgsql;
using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Places held back for one sector, while people of both kinds book at once.</summary>
public sealed class HeldBackRaceTests(TestApp app, TestDatabase databases) : IClassFixture<TestApp>
{
    private const int Clients = 200;
    private const int Meeting = 24;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BookPlace_TwoHundredOfBothSectors_NeverExceedEitherLimit()
    {
        var world = await WorldAsync();
        var police = await world.OtherSectorAsync();
        var run = await world.HeldBackRunAsync(capacity: 24, held: 6, police);
        using var atOnce = new SemaphoreSlim(48);
        var start = new TaskCompletionSource();

        var racers = Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            await start.Task;
            await atOnce.WaitAsync(Token);
            try
            {
                // Five others for each of the police, so that the open places run out first.
                var sector = client % 6 == 5 ? police : world.Sector;
                return await world.BookPlace.RunAsync(world.Request(run, $"c{client}@held.example") with { SectorId = sector }, Token);
            }
            finally
            {
                atOnce.Release();
            }
        })).ToList();
        start.SetResult();
        var outcomes = await Task.WhenAll(racers);

        Assert.Equal(24, outcomes.Count(outcome => outcome.Result == BookPlaceResult.Booked));
        Assert.Equal(Clients - 24, outcomes.Count(outcome => outcome.Result == BookPlaceResult.Full));
        var (all, ofPolice) = (await world.LivePlacesAsync(run), await world.LivePlacesOfAsync(run, police));
        Assert.Equal((24, 24), (all, await world.PlacesTakenAsync(run)));
        Assert.InRange(ofPolice, 6, 24);
        Assert.Equal(ofPolice, await world.HeldBackTakenAsync(run));
    }

    [Fact]
    public async Task BookPlace_OthersMeetAtTheDate_GetOnlyTheOpenPlaces()
    {
        var world = await WorldAsync();
        var run = await world.HeldBackRunAsync(capacity: 10, held: 6, await world.OtherSectorAsync());

        Assert.Equal(4, await MeetAsync(app.Database, world, run, world.BookPlace));
    }

    [Fact]
    public async Task BookPlace_GuardSwitchedOff_SellsTheHeldPlacesWhenTheyMeet()
    {
        await using var unguarded = NpgsqlDataSource.Create(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(unguarded, app.Clock);
        await WithoutChecksAsync(world);
        var run = await world.HeldBackRunAsync(capacity: 10, held: 6, await world.OtherSectorAsync());

        Assert.Equal(Meeting, await MeetAsync(unguarded, world, run, world.BookPlaceWithoutGuard));
    }

    [Fact]
    public async Task BookPlace_GuardSwitchedOff_HoldsInSequence()
    {
        await using var unguarded = NpgsqlDataSource.Create(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(unguarded, app.Clock);
        await WithoutChecksAsync(world);
        var run = await world.HeldBackRunAsync(capacity: 10, held: 6, await world.OtherSectorAsync());

        for (var client = 0; client < Meeting; client++)
        {
            await world.BookPlaceWithoutGuard.RunAsync(world.Request(run, $"s{client}@held.example"), Token);
        }

        Assert.Equal(4, await world.LivePlacesAsync(run));
    }

    [Fact]
    public async Task BookPlace_GuardSwitchedOff_TableStillRefuses()
    {
        var world = await WorldAsync();
        var run = await world.HeldBackRunAsync(capacity: 10, held: 6, await world.OtherSectorAsync());

        Assert.Equal(4, await MeetAsync(app.Database, world, run, world.BookPlaceWithoutGuard));
    }

    private static Task WithoutChecksAsync(BookingWorld world) =>
        world.ExecuteAsync("alter table course_runs drop constraint ck_course_runs_places, drop constraint ck_course_runs_held_back");

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);

    /// <summary>Everybody, none of the sector, books one place once everybody has come to the date's row. Returns how many are sold then.</summary>
    private static async Task<int> MeetAsync(NpgsqlDataSource database, BookingWorld world, Guid run, BookPlace book)
    {
        await Gate.MeetAtRowAsync(database, "course_runs", run,
            [.. Enumerable.Range(0, Meeting).Select(client => (Func<Task>)(() => book.RunAsync(world.Request(run, $"{run:N}{client}@held.example"), Token)))]);
        return await world.LivePlacesAsync(run);
    }
}
