using TrainingHub.Bookings;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What meets at a waiting list: two places freed at once, an offer that ends while it is taken, and who passes by.</summary>
public sealed class OfferRaceTests(TestDatabase databases) : IAsyncLifetime
{
    private const int Passers = 12;

    private readonly TestApp app = new(databases);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Offer_TwoFreedAtOnceAndTwoJobs_OffersEachPlaceOnceInOrder()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, taken) = await world.FullAsync(capacity: 2);
        Guid[] entries = [await world.JoinAsync(run, "Ann"), await world.JoinAsync(run, "Ben"), await world.JoinAsync(run, "Cat")];

        await Gate.MeetAtRowAsync(app.Database, "course_runs", run,
            [() => world.CancelAsync(taken[0]), () => world.CancelAsync(taken[1]), () => OfferAsync(run), () => OfferAsync(run)]);
        await Task.WhenAll(OfferAsync(run), OfferAsync(run));

        Assert.Equal(("Offered", "Offered", "Waiting"), (await world.StateAsync(entries[0]), await world.StateAsync(entries[1]), await world.StateAsync(entries[2])));
        Assert.Equal((0, 2, 3), await world.CountsAsync(run));
        Assert.Equal(1, await world.MailedAsync(run, "Ann", "waiting-offer"));
    }

    [Fact]
    public async Task Offer_TwoJobsMeetWithoutTheLock_TheTableRefusesOneOfThem()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, taken) = await world.FullAsync(capacity: 1);
        await world.JoinAsync(run, "Ann");
        await world.CancelAsync(taken[0]);

        // Both read that Ann waits; the second one would tell her twice.
        await Gate.MeetAsync(app.Database, "waiting_list_entries", 2, () => Unguarded.WithoutRowLocksAsync(() => app.WithAsync<OfferPlaces, int>(offer => offer.RunAsync(run, Token))));

        Assert.Equal(2, await world.MailedAsync(run, "Ann", "waiting-offer"));
    }

    [Fact]
    public async Task Offer_TwoJobsMeet_TellOnce()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, taken) = await world.FullAsync(capacity: 1);
        await world.JoinAsync(run, "Ann");
        await world.CancelAsync(taken[0]);

        await Gate.MeetAtRowAsync(app.Database, "course_runs", run, [() => OfferAsync(run), () => OfferAsync(run)]);

        Assert.Equal(1, await world.MailedAsync(run, "Ann", "waiting-offer"));
    }

    [Fact]
    public async Task Offer_DeclinedWhileItIsTaken_HasOneEnd()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, taken) = await world.FullAsync();
        var (ann, ben) = (await world.JoinAsync(run, "Ann"), await world.JoinAsync(run, "Ben"));
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();
        var accepted = BookPlaceResult.Full;

        await Gate.MeetAtRowAsync(app.Database, "course_runs", run,
            [() => DeclineAsync(ann), async () => accepted = await world.AcceptAsync(run, ann)]);

        Assert.Equal(
            accepted == BookPlaceResult.Booked ? ("Booked", "Waiting", (1, 0, 1)) : ("Declined", "Offered", (0, 1, 1)),
            (await world.StateAsync(ann), await world.StateAsync(ben), await world.CountsAsync(run)));
    }

    [Fact]
    public async Task Offer_DeclinedFirst_IsRefusedToWhoWaitedForTheDate() => Assert.Equal(BookPlaceResult.Full, await OvertakenAsync(isGuarded: true));

    // Only the second look under the lock is gone: what was read before the wait says that the offer holds.
    [Fact]
    public async Task Offer_DeclinedFirstWithoutTheSecondLook_IsTakenTwice() => Assert.Equal(BookPlaceResult.Booked, await OvertakenAsync(isGuarded: false));

    [Fact]
    public async Task PassersBy_MeetAFreedPlace_GetNothingAndTheListDoes()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, taken) = await world.FullAsync();
        var ann = await world.JoinAsync(run, "Ann");

        var outcomes = await MeetPassersAsync(world, run, taken[0]);

        Assert.All(outcomes, outcome => Assert.Equal(BookPlaceResult.Full, outcome));
        await OfferAsync(run);
        Assert.Equal("Offered", await world.StateAsync(ann));
    }

    [Fact]
    public async Task PassersBy_WithoutTheListInTheCount_JumpIn()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, taken) = await world.FullAsync();
        var ann = await world.JoinAsync(run, "Ann");
        await world.Bookings.ExecuteAsync(
            "create or replace function places_left_for(run course_runs, sector uuid, moment timestamptz) returns integer language sql immutable as 'select run.places_left'");

        var outcomes = await MeetPassersAsync(world, run, taken[0]);

        Assert.Single(outcomes, outcome => outcome == BookPlaceResult.Booked);
        await OfferAsync(run);
        Assert.Equal("Waiting", await world.StateAsync(ann));
    }

    private static async Task<BookPlaceResult[]> PassAsync(WaitingWorld world, Guid run) =>
        await Task.WhenAll(Enumerable.Range(0, Passers).Select(_ => world.PassByAsync(run)));

    private static async Task<BookPlaceResult[]> MeetPassersAsync(WaitingWorld world, Guid run, BookedBooking freed)
    {
        BookPlaceResult[] outcomes = [];
        await Task.WhenAll(world.CancelAsync(freed), Task.Run(async () => outcomes = await PassAsync(world, run), Token));
        return [.. outcomes, .. await PassAsync(world, run)];
    }

    /// <summary>Ann declines while the booking that brings her offer waits for the date; nobody else is on the list.</summary>
    private async Task<BookPlaceResult> OvertakenAsync(bool isGuarded)
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, taken) = await world.FullAsync(capacity: 2);
        var ann = await world.JoinAsync(run, "Ann");
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();
        await using var connection = await app.Database.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using (var hold = new Npgsql.NpgsqlCommand($"select from course_runs where id = '{run}' for update", connection, transaction))
        {
            await hold.ExecuteNonQueryAsync(Token);
        }

        var book = isGuarded ? world.Bookings.BookPlace : WithoutSecondLook();
        var accepting = Task.Run(() => world.AcceptAsync(run, ann, book: book), Token);
        await Gate.BehindAsync(app.Database, 1, [accepting]);
        // As declining does, and somebody else takes what it freed.
        await using (var decline = new Npgsql.NpgsqlCommand(
            $"update waiting_list_entries set state = 'Declined', offered_until = null where id = '{ann}'; update course_runs set places_offered = 1, places_waited_for = 1 where id = '{run}'", connection, transaction))
        {
            await decline.ExecuteNonQueryAsync(Token);
        }

        await transaction.CommitAsync(Token);
        return await accepting;
    }

    private BookPlace WithoutSecondLook() => new(app.Database, app.Clock, Microsoft.Extensions.Options.Options.Create(new SiteOptions { PublicUrl = new Uri("https://training.example.org") }))
    {
        Guard = Unguarded.Instead(BookingSql.BookPlace, "and (select count(*) from offer) = (select count(offer_id) from open)", ""),
    };

    private Task<int> OfferAsync(Guid run) => app.WithAsync<OfferPlaces, int>(offer => offer.RunAsync(run, Token));

    private Task<bool> DeclineAsync(Guid entry) => app.WithAsync<LeaveWaitingList, bool>(leave => leave.RunAsync(entry, Token));
}
