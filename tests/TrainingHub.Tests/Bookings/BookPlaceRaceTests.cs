using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

public sealed class BookPlaceRaceTests(TestApp app, TestDatabase databases) : IClassFixture<TestApp>
{
    private const int Clients = 64;

    // Each holds a connection while it waits for the others.
    private const int Meeting = 24;

    [Fact]
    public async Task BookPlace_ManyClientsForFewPlaces_SellsExactlyThePlaces()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 30);

        var outcomes = await RaceAsync(Clients, client => world.BookPlace.RunAsync(world.Request(run, $"c{client}@race.example"), Token));

        Assert.Equal(30, outcomes.Count(outcome => outcome.Result == BookPlaceResult.Booked));
        Assert.Equal(34, outcomes.Count(outcome => outcome is { Result: BookPlaceResult.Full, PlacesLeft: 0 }));
        Assert.Equal(30, await world.PlacesTakenAsync(run));
        Assert.Equal(30, await world.LivePlacesAsync(run));
    }

    // The same race, so closely run that all have looked before anybody writes: the guard looks again, its twin does not.
    [Fact]
    public async Task BookPlace_AllMeetAtTheDate_SellsExactlyThePlaces()
    {
        var world = await WorldAsync();

        Assert.Equal(10, await MeetAsync(app.Database, world, await world.RunAsync(capacity: 10), world.BookPlace));
    }

    [Fact]
    public async Task BookPlace_GuardSwitchedOff_OversellsWhenTheyMeet()
    {
        await using var unguarded = NpgsqlDataSource.Create(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(unguarded, app.Clock);
        await world.ExecuteAsync("alter table course_runs drop constraint ck_course_runs_places");

        Assert.Equal(Meeting, await MeetAsync(unguarded, world, await world.RunAsync(capacity: 10), world.BookPlaceWithoutGuard));
    }

    [Fact]
    public async Task BookPlace_GuardSwitchedOff_HoldsInSequence()
    {
        await using var unguarded = NpgsqlDataSource.Create(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(unguarded, app.Clock);
        await world.ExecuteAsync("alter table course_runs drop constraint ck_course_runs_places");
        var run = await world.RunAsync(capacity: 10);

        for (var client = 0; client < Meeting; client++)
        {
            await world.BookPlaceWithoutGuard.RunAsync(world.Request(run, $"s{client}@race.example"), Token);
        }

        Assert.Equal(10, await world.LivePlacesAsync(run));
    }

    [Fact]
    public async Task BookPlace_GuardSwitchedOff_TableStillRefuses()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);

        Assert.Equal(10, await MeetAsync(app.Database, world, run, world.BookPlaceWithoutGuard));
        Assert.Equal(10, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task BookPlace_PersonForgottenMeanwhile_BooksAllTheSame()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 5);
        await app.Given.PersonAsync("Person gone@race.example", "gone@race.example");
        await using var connection = await app.Database.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var hold = new NpgsqlCommand($"select from course_runs where id = '{run}' for update", connection, transaction);
        await hold.ExecuteNonQueryAsync(Token);

        var booking = world.BookPlace.RunAsync(world.Request(run, "gone@race.example"), Token);
        await Gate.BehindAsync(app.Database, 1, [booking]);
        await using var forget = new NpgsqlCommand("delete from people where email_key = 'gone@race.example'", connection, transaction);
        await forget.ExecuteNonQueryAsync(Token);
        await transaction.CommitAsync(Token);

        Assert.Equal(BookPlaceResult.Booked, (await booking).Result);
        Assert.Equal(1, await world.LivePlacesAsync(run));
    }

    [Fact]
    public async Task BookPlace_SameFormTwentyTimesAtOnce_MakesOneBooking()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 2);
        var request = world.Request(run, "twice1@race.example", "twice2@race.example");

        var outcomes = await RaceAsync(20, _ => world.BookPlace.RunAsync(request, Token));

        Assert.Single(outcomes, outcome => outcome.Result == BookPlaceResult.Booked);
        Assert.Equal(19, outcomes.Count(outcome => outcome.Result == BookPlaceResult.AlreadyBooked));
        Assert.Single(outcomes.Select(outcome => outcome.Booking!.Reference).Distinct());
        Assert.Equal(2, await world.LivePlacesAsync(run));
        Assert.Equal(2, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task BookPlace_SameDelegateTwentyTimesAtOnce_HoldsOnePlace()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 30);

        var outcomes = await RaceAsync(
            20, client => world.BookPlace.RunAsync(world.Request(run, client % 2 == 0 ? "Same@Race.example" : "same@race.example"), Token));

        Assert.Single(outcomes, outcome => outcome.Result == BookPlaceResult.Booked);
        Assert.Equal(19, outcomes.Count(outcome => outcome.Result == BookPlaceResult.DelegateAlreadyOnDate));
        Assert.All(
            outcomes.Where(outcome => outcome.Result == BookPlaceResult.DelegateAlreadyOnDate),
            outcome => Assert.Equal(0, Assert.Single(outcome.Taken!).Index));
        Assert.Equal(1, await world.PlacesTakenAsync(run));
        Assert.Equal(1, await world.CountAsync("select count(*) from people where email_key = 'same@race.example'"));
    }

    [Fact]
    public async Task BookPlace_GroupsForTooFewPlaces_IsNeverPartial()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 14);

        var outcomes = await RaceAsync(20, client => world.BookPlace.RunAsync(world.Request(run, Group(client)), Token));

        Assert.Equal(2, outcomes.Count(outcome => outcome.Result == BookPlaceResult.Booked));
        Assert.Equal(18, outcomes.Count(outcome => outcome is { Result: BookPlaceResult.Full, PlacesLeft: 4 }));
        Assert.Equal(10, await world.PlacesTakenAsync(run));
        Assert.Equal(0, await world.CountAsync(
            "select count(*) from (select from places where run_id = $1 group by booking_id having count(*) <> 5) as partial", run));

        static string[] Group(int client) => [.. Enumerable.Range(0, 5).Select(member => $"g{client}m{member}@race.example")];
    }

    [Fact]
    public async Task BookPlace_SameNewPeopleOnManyDatesInAnyOrder_NeverDeadlocks()
    {
        var world = await WorldAsync();
        var runs = new List<Guid>();
        for (var date = 0; date < 32; date++)
        {
            runs.Add(await world.RunAsync(capacity: 10));
        }

        var before = await DeadlocksAsync(world);
        for (var round = 0; round < 5; round++)
        {
            var people = Enumerable.Range(0, 2).Select(member => $"r{round}p{member}@circle.example").ToArray();
            var outcomes = await RaceAsync(runs.Count, client => world.BookPlace.RunAsync(
                world.Request(runs[client], client % 2 == 0 ? people : [.. people.Reverse()]) with { OrganisationName = $"New {round}" }, Token));
            Assert.All(outcomes, outcome => Assert.Equal(BookPlaceResult.Booked, outcome.Result));
        }

        Assert.Equal(before, await DeadlocksAsync(world));
        Assert.Equal(5, await world.CountAsync("select count(*) from organisations where name like 'New _'"));
    }

    [Fact]
    public async Task BookPlace_ManyPeopleOfOneNewAddressAtOnce_HaveAPlaceEach()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 30);

        var outcomes = await RaceAsync(20, client => world.BookPlace.RunAsync(
            world.Request(run) with { Dates = [new(run, 5500, [new($"Person {client / 2}", "office@race.example", null)])] }, Token));

        Assert.Equal(10, outcomes.Count(outcome => outcome.Result == BookPlaceResult.Booked));
        Assert.Equal(10, outcomes.Count(outcome => outcome.Result == BookPlaceResult.DelegateAlreadyOnDate));
        Assert.Equal(10, await world.PlacesTakenAsync(run));
        Assert.Equal(10, await world.CountAsync("select count(*) from people where email_key = 'office@race.example'"));
    }

    [Fact]
    public async Task BookPlace_SameNewPeopleOfOneAddressOnManyDates_NeverDeadlocks()
    {
        var world = await WorldAsync();
        var runs = new List<Guid>();
        for (var date = 0; date < 32; date++)
        {
            runs.Add(await world.RunAsync(capacity: 30));
        }

        var before = await DeadlocksAsync(world);
        for (var round = 0; round < 5; round++)
        {
            var office = $"round{round}@office.example";
            TrainingHub.Bookings.Delegate[] people = [new("Alice Ames", office, null), new("Tom Tate", office, null), new("Ümit Ural", office, null)];
            var outcomes = await RaceAsync(runs.Count, client => world.BookPlace.RunAsync(
                world.Request(runs[client]) with { Dates = [new(runs[client], 5500, client % 2 == 0 ? people : [.. people.Reverse()])] }, Token));
            Assert.All(outcomes, outcome => Assert.Equal(BookPlaceResult.Booked, outcome.Result));
        }

        Assert.Equal(before, await DeadlocksAsync(world));
        Assert.Equal(15, await world.CountAsync("select count(*) from people where email_key like '%@office.example'"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);

    /// <summary>Everybody books one place once everybody has come to the date's row. Returns how many places are sold then.</summary>
    private static async Task<int> MeetAsync(NpgsqlDataSource database, BookingWorld world, Guid run, BookPlace book)
    {
        await Gate.MeetAtRowAsync(database, "course_runs", run,
            [.. Enumerable.Range(0, Meeting).Select(client => (Func<Task>)(() => book.RunAsync(world.Request(run, $"{run:N}{client}@race.example"), Token)))]);
        return await world.LivePlacesAsync(run);
    }

    private static Task<int> DeadlocksAsync(BookingWorld world) =>
        world.CountAsync("select deadlocks from pg_stat_database where datname = current_database()");

    private static async Task<BookPlaceOutcome[]> RaceAsync(int clients, Func<int, Task<BookPlaceOutcome>> act)
    {
        var start = new TaskCompletionSource();
        var racers = Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            await start.Task;
            return await act(client);
        })).ToList();
        start.SetResult();
        return await Task.WhenAll(racers);
    }
}
