using Npgsql;
using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Orders for several dates at once: all of their places or none, never too many, and nobody waits for ever.</summary>
public sealed class OrderRaceTests(TestApp app, TestDatabase databases) : IClassFixture<TestApp>
{
    private const int Clients = 48;

    // Each holds a connection while it waits for the others.
    private const int Meeting = 24;

    [Fact]
    public async Task BookPlace_SameTwoDatesInOppositeOrder_SellsExactlyThePlacesWithoutADeadlock()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (one, other) = (await world.RunAsync(capacity: 20), await world.RunAsync(capacity: 14));
        var before = await DeadlocksAsync(world);

        var outcomes = await RaceAsync(client => world.BookPlace.RunAsync(
            world.Request(client % 2 == 0 ? [one, other] : [other, one], $"o{client}@order.example"), Token));

        Assert.Equal(14, outcomes.Count(outcome => outcome.Result == BookPlaceResult.Booked));
        Assert.All(
            outcomes.Where(outcome => outcome.Result != BookPlaceResult.Booked),
            outcome => Assert.Equal((BookPlaceResult.Full, other, 0), (outcome.Result, outcome.RunId, outcome.PlacesLeft)));
        Assert.Equal((14, 14), (await world.PlacesTakenAsync(one), await world.PlacesTakenAsync(other)));
        Assert.Equal((14, 14), (await world.LivePlacesAsync(one), await world.LivePlacesAsync(other)));
        Assert.Equal(before, await DeadlocksAsync(world));
    }

    [Fact]
    public async Task BookPlace_AllMeetAtADate_SellsExactlyThePlacesOfBoth()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (one, other) = (await world.RunAsync(capacity: 10), await world.RunAsync(capacity: 7));

        Assert.Equal((7, 7), await MeetAsync(app.Database, world, one, other, world.BookPlace));
    }

    // The same with only the lock off: places are counted as before, and on both dates too many are sold.
    [Fact]
    public async Task BookPlace_GuardSwitchedOff_OversellsBothDatesWhenTheyMeet()
    {
        await using var unguarded = NpgsqlDataSource.Create(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(unguarded, app.Clock);
        await world.ExecuteAsync("alter table course_runs drop constraint ck_course_runs_places");
        var (one, other) = (await world.RunAsync(capacity: 10), await world.RunAsync(capacity: 7));

        Assert.Equal((Meeting, Meeting), await MeetAsync(unguarded, world, one, other, world.BookPlaceWithoutGuard));
    }

    [Fact]
    public async Task BookPlace_GuardSwitchedOff_HoldsInSequence()
    {
        await using var unguarded = NpgsqlDataSource.Create(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(unguarded, app.Clock);
        await world.ExecuteAsync("alter table course_runs drop constraint ck_course_runs_places");
        var (one, other) = (await world.RunAsync(capacity: 10), await world.RunAsync(capacity: 7));

        for (var client = 0; client < Meeting; client++)
        {
            await world.BookPlaceWithoutGuard.RunAsync(world.Request([one, other], $"s{client}@order.example"), Token);
        }

        Assert.Equal((7, 7), (await world.LivePlacesAsync(one), await world.LivePlacesAsync(other)));
    }

    [Fact]
    public async Task BookPlace_PlacesWithoutNamesInOppositeOrder_SellsExactlyThePlaces()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (one, other) = (await world.RunAsync(capacity: 20), await world.RunAsync(capacity: 13));

        var outcomes = await RaceAsync(client =>
        {
            var request = world.Request(client % 2 == 0 ? [one, other] : [other, one], $"u{client}@order.example");
            return world.BookPlace.RunAsync(request with { Dates = [.. request.Dates.Select(date => date with { Unnamed = 1 })] }, Token);
        });

        Assert.Equal(6, outcomes.Count(outcome => outcome.Result == BookPlaceResult.Booked));
        Assert.Equal((12, 12), (await world.PlacesTakenAsync(one), await world.PlacesTakenAsync(other)));
        Assert.Equal((12, 12), (await world.LivePlacesAsync(one), await world.LivePlacesAsync(other)));
        Assert.Equal(6, await world.CountAsync("select count(*) from live_places where run_id = $1 and awaits_name", one));
    }

    [Fact]
    public async Task BookPlace_ManyOverlappingOrders_NeverDeadlockAndNeverOversell()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var runs = new List<Guid>();
        for (var date = 0; date < 6; date++)
        {
            runs.Add(await world.RunAsync(capacity: 10));
        }

        var before = await DeadlocksAsync(world);
        var outcomes = await RaceAsync(client => world.BookPlace.RunAsync(
            world.Request(Enumerable.Range(0, 3).Select(step => runs[(client * 5 + (client % 2 == 0 ? step : 6 - step)) % 6]), $"m{client}@order.example"), Token));

        var booked = outcomes.Count(outcome => outcome.Result == BookPlaceResult.Booked);
        Assert.Equal(3 * booked, await SumAsync(runs, world.LivePlacesAsync));
        Assert.Equal(3 * booked, await SumAsync(runs, world.PlacesTakenAsync));
        Assert.Equal(0, await world.CountAsync("select count(*) from course_runs where places_taken > capacity"));
        Assert.Equal(before, await DeadlocksAsync(world));
    }

    [Fact]
    public async Task BookPlace_GroupAndOneDateIsFull_LeavesNothingBehind()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (open, full) = (await world.RunAsync(capacity: 10), await world.RunAsync(capacity: 2));
        var before = await TracesAsync(world);

        var outcome = await world.BookPlace.RunAsync(
            world.Request([open, full], "g1@order.example", "g2@order.example", "g3@order.example") with { OrganisationName = "Nobody's School" }, Token);

        Assert.Equal((BookPlaceResult.Full, full, 2), (outcome.Result, outcome.RunId, outcome.PlacesLeft));
        Assert.Equal((0, 0), (await world.PlacesTakenAsync(open), await world.PlacesTakenAsync(full)));
        Assert.Equal(before, await TracesAsync(world));
    }

    [Fact]
    public async Task BookPlace_SameOrderTwentyTimesAtOnce_MakesOneBooking()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (one, other) = (await world.RunAsync(capacity: 10), await world.RunAsync(capacity: 10));
        var request = world.Request([one, other], "t1@order.example", "t2@order.example");

        var outcomes = await RaceAsync(_ => world.BookPlace.RunAsync(request, Token));

        Assert.Single(outcomes, outcome => outcome.Result == BookPlaceResult.Booked);
        Assert.Equal(Clients - 1, outcomes.Count(outcome => outcome.Result == BookPlaceResult.AlreadyBooked));
        Assert.Equal((2, 2), (await world.LivePlacesAsync(one), await world.LivePlacesAsync(other)));
        Assert.Equal(1, await world.CountAsync("select count(*) from people where email_key = 't1@order.example'"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Everybody books a place on both dates once everybody has come to the first. Returns how many places are sold then.</summary>
    private static async Task<(int, int)> MeetAsync(NpgsqlDataSource database, BookingWorld world, Guid one, Guid other, BookPlace book)
    {
        await Gate.MeetAtRowAsync(database, "course_runs", one,
            [.. Enumerable.Range(0, Meeting).Select(client => (Func<Task>)(() => book.RunAsync(world.Request([one, other], $"{one:N}{client}@order.example"), Token)))]);
        return (await world.LivePlacesAsync(one), await world.LivePlacesAsync(other));
    }

    /// <summary>How many rows there are that an order leaves.</summary>
    private static Task<int> TracesAsync(BookingWorld world) => world.CountAsync(
        """
        select (select count(*) from bookings) + (select count(*) from places) + (select count(*) from people)
            + (select count(*) from organisations) + (select count(*) from outgoing_emails) + (select count(*) from secret_links)
        """);

    private static Task<int> DeadlocksAsync(BookingWorld world) =>
        world.CountAsync("select deadlocks from pg_stat_database where datname = current_database()");

    private static async Task<int> SumAsync(IEnumerable<Guid> runs, Func<Guid, Task<int>> count)
    {
        var sum = 0;
        foreach (var run in runs)
        {
            sum += await count(run);
        }

        return sum;
    }

    private static async Task<BookPlaceOutcome[]> RaceAsync(Func<int, Task<BookPlaceOutcome>> act)
    {
        var start = new TaskCompletionSource();
        var racers = Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            await start.Task;
            return await act(client);
        })).ToList();
        start.SetResult();
        return await Task.WhenAll(racers);
    }
}
