using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>
/// Random sequences of everything that happens to a date with a waiting list, against a model: nothing oversold, nobody overtaken, no
/// place lost. A failing sequence is made shorter. As many as WAITING_SEQUENCES says. Each twin switches one guard off and looks for a
/// sequence that shows it: the same ones each time, so that what is found once is always found.
/// </summary>
public sealed partial class WaitingModelTests(TestApp app, TestDatabase databases) : IClassFixture<TestApp>
{
    private const int Few = 15;
    private const int MostToSeek = 400;

    /// <summary>The jobs look through all that ever waited, so that a database that has seen so many games makes way for a new one.</summary>
    private const int MostInOneDatabase = 60;

    // In each game some kinds come more often than the rest.
    private static readonly WaitingStepKind[] OfTheList =
        [WaitingStepKind.Cancel, WaitingStepKind.Join, WaitingStepKind.OfferDue, WaitingStepKind.Accept, WaitingStepKind.OfferEnds, WaitingStepKind.Book];

    private static readonly WaitingStepKind[] OfTheDate =
        [WaitingStepKind.HoldForSector, WaitingStepKind.HeldDayComes, WaitingStepKind.CutCapacity, WaitingStepKind.BookOfSector, WaitingStepKind.StaffBook, WaitingStepKind.Join, WaitingStepKind.OfferDue];

    private static readonly WaitingStepKind[] OfThePlaces =
    [
        WaitingStepKind.HoldByCard, WaitingStepKind.Lapse, WaitingStepKind.PayLate, WaitingStepKind.StaffCancel, WaitingStepKind.TakeBack,
        WaitingStepKind.Apply, WaitingStepKind.Approve, WaitingStepKind.BookByAward, WaitingStepKind.Join, WaitingStepKind.OfferDue,
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Sequences =>
        int.TryParse(Environment.GetEnvironmentVariable("WAITING_SEQUENCES"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Few;

    [Fact]
    public async Task RandomSequences_AgreeWithTheModel()
    {
        var (current, world, played) = (app, await GameWorld.MakeAsync(app), 0);
        try
        {
            await Gen.OneOf(Games(OfTheList), Games(OfTheDate), Games(OfThePlaces)).SampleAsync(PlayAsync, iter: Sequences, threads: 1, print: Words);
        }
        finally
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{played} sequences were played.");
            await EndAsync();
        }

        async Task PlayAsync((int Capacity, WaitingStep[] Steps) game)
        {
            if (played > 0 && played % MostInOneDatabase == 0)
            {
                await EndAsync();
                current = new TestApp(databases);
                await current.InitializeAsync();
                world = await GameWorld.MakeAsync(current);
            }

            await new WaitingGame(world, Token).PlayAsync(game.Capacity, game.Steps);
            played++;
        }

        async Task EndAsync()
        {
            if (current != app)
            {
                await current.DisposeAsync();
            }
        }
    }

    // Found by such a sequence: the table refused it before the command did.
    [Fact]
    public async Task CapacityCutBelowWhatWasHeldUntilItsDay_AgreesWithTheModel() => await new WaitingGame(await GameWorld.MakeAsync(app), Token).PlayAsync(
        4, [new(WaitingStepKind.HoldForSector, 0, 3), new(WaitingStepKind.HeldDayComes, 0, 1), new(WaitingStepKind.CutCapacity, 0, 1), new(WaitingStepKind.CutCapacity, 0, 1)]);

    [Fact]
    public Task WithoutTheListInTheCount_TheModelDiffers() => DiffersAsync(
        14, OfTheList,
        tables: "create or replace function places_left_for(run course_runs, sector uuid, moment timestamptz) returns integer language sql immutable as 'select run.places_left'");

    [Fact]
    public Task WithoutTheOffersInTheCount_TheModelDiffers() => DiffersAsync(
        12, [WaitingStepKind.Cancel, WaitingStepKind.Join, WaitingStepKind.OfferDue, WaitingStepKind.Book],
        tables: "alter table course_runs drop constraint ck_course_runs_places; "
        + "create or replace function places_not_offered(run course_runs, sector uuid, moment timestamptz) returns integer language sql immutable as 'select run.places_left'");

    [Fact]
    public Task WithoutTheHeldPlacesInTheCount_TheModelDiffers() => DiffersAsync(
        10, [WaitingStepKind.HoldForSector, WaitingStepKind.Book, WaitingStepKind.BookOfSector],
        tables: "alter table course_runs drop constraint ck_course_runs_held_back; "
        + "create or replace function places_held_for_sector(run course_runs, moment timestamptz) returns integer language sql immutable as 'select 0'");

    [Fact]
    public Task WithoutTheTrigger_TheModelDiffers() => DiffersAsync(9, OfTheList, tables: "drop trigger tg_waiting_list_entries_changed on waiting_list_entries");

    // An offer is taken after its end, before the list has seen to it.
    [Fact]
    public Task WithoutTheEndOfAnOffer_TheModelDiffers() => DiffersAsync(
        266, [WaitingStepKind.StaffBookBefore, WaitingStepKind.Join, WaitingStepKind.RaiseCapacity, WaitingStepKind.OfferDue, WaitingStepKind.OfferEnds, WaitingStepKind.Accept],
        book: Unguarded.Instead(BookingSql.BookPlace, "and entry.offered_until > @now", ""));

    [Fact]
    public Task WithoutTheCountOfAnAward_TheModelDiffers() => DiffersAsync(
        8, [WaitingStepKind.Apply, WaitingStepKind.Approve, WaitingStepKind.BookByAward, WaitingStepKind.BookByAward, WaitingStepKind.RaiseCapacity],
        tables: "alter table free_place_awards drop constraint ck_free_place_awards_places",
        book: Unguarded.Instead(BookingSql.BookPlace, "and award.places - award.places_used >= @wanted", ""));

    [Fact]
    public Task WithoutTheOrderOfJoining_TheModelDiffers() => DiffersAsync(
        3, [WaitingStepKind.Book, WaitingStepKind.Cancel, WaitingStepKind.Join, WaitingStepKind.Join, WaitingStepKind.OfferDue], sent: Order(), instead: "order by $1.created_at desc");

    [Fact]
    public Task WithoutTheSeatsForAMovedPlace_TheModelDiffers() => DiffersAsync(
        1, [WaitingStepKind.MoveHere, WaitingStepKind.MoveOwnHere, WaitingStepKind.Join], sent: SeatsForAMovedPlace(), instead: "true");

    [Fact]
    public Task WithoutTheSeatsForALatePayment_TheModelDiffers() => DiffersAsync(
        6, [WaitingStepKind.HoldByCard, WaitingStepKind.Lapse, WaitingStepKind.PayLate, WaitingStepKind.Join], sent: SeatsForALatePayment(), instead: "true");

    [Fact]
    public Task WithoutTheSeatsForWhatIsTakenBack_TheModelDiffers() => DiffersAsync(
        3, [WaitingStepKind.Book, WaitingStepKind.StaffCancel, WaitingStepKind.TakeBack], sent: SeatsForWhatIsTakenBack(), instead: "999");

    [Fact]
    public Task WithoutTheWaitForWhatCanBeTakenBack_TheModelDiffers() => DiffersAsync(
        3, [WaitingStepKind.Book, WaitingStepKind.Join, WaitingStepKind.StaffCancel, WaitingStepKind.OfferDue], sent: WaitForWhatCanBeTakenBack(), instead: "and false");

    private static Gen<(int Capacity, WaitingStep[] Steps)> Games(WaitingStepKind[] often) => Gen.Select(
        Gen.Int[1, 4],
        Gen.Select(
            Gen.Frequency((1, Gen.Enum<WaitingStepKind>()), (2, Gen.Int[0, often.Length - 1].Select(index => often[index]))),
            Gen.Int[0, 11],
            Gen.Frequency((4, Gen.Const(1)), (2, Gen.Const(2)), (1, Gen.Const(3))),
            (kind, which, places) => new WaitingStep(kind, which, places)).Array[4, 30]);

    private static string Words((int Capacity, WaitingStep[] Steps) game) => $"{game.Capacity} places: {string.Join("; ", game.Steps.Select(step => step.ToString()))}";

    /// <summary>Plays until a sequence shows that a guard is off: one of the tables, of the statement that books, or of what goes through EF.</summary>
    /// <param name="first">The number of the sequence that was found to show it, so that it is found at once. Others follow, in case it does not any more.</param>
    /// <param name="often"></param>
    /// <param name="tables"></param>
    /// <param name="book"></param>
    /// <param name="sent"></param>
    /// <param name="instead"></param>
    private async Task DiffersAsync(
        int first, WaitingStepKind[] often, string? tables = null, string? book = null, Regex? sent = null, string instead = "")
    {
        await using var unguarded = new TestApp(databases);
        await unguarded.InitializeAsync();
        var world = await GameWorld.MakeAsync(unguarded, book);
        if (tables is not null)
        {
            await world.Bookings.ExecuteAsync(tables);
        }

        var games = Games(often);
        for (var number = first; number < first + MostToSeek; number++)
        {
            var game = games.Generate(new PCG((uint)number, 20261130), null, out _);
            if (sent is null ? await IsSeenAsync(world, game) : await WithoutAsync(sent, instead, () => IsSeenAsync(world, game)))
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"Seen in sequence {number}: {Words(game)}");
                Assert.False(await IsSeenAsync(await GameWorld.MakeAsync(app), game), "It differs also with the guard.");
                return;
            }
        }

        Assert.Fail($"{MostToSeek} sequences agree with the model, though a guard is off.");
    }

    /// <summary>A sequence that never comes to the guard shows nothing.</summary>
    private static async Task<bool> WithoutAsync(Regex guard, string instead, Func<Task<bool>> act)
    {
        try
        {
            return await Unguarded.InsteadAsync(guard, instead, act);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // The table's CHECK sees some of it before the model does.
    private static async Task<bool> IsSeenAsync(GameWorld world, (int Capacity, WaitingStep[] Steps) game) =>
        await Record.ExceptionAsync(() => new WaitingGame(world, Token).PlayAsync(game.Capacity, game.Steps)) is not null;

    [GeneratedRegex(@"order by (\w+)\.is_priority desc, \1\.created_at, \1\.id", RegexOptions.IgnoreCase)]
    private static partial Regex Order();

    [GeneratedRegex(@"places_left_for\(course_runs, @\w+, @\w+\) >= @\w+")]
    private static partial Regex SeatsForAMovedPlace();

    [GeneratedRegex(@"places_left_for\(run, wanted\.sector_id, @\w+\) >= wanted\.places")]
    private static partial Regex SeatsForALatePayment();

    [GeneratedRegex(@"places_not_offered\((course_runs|run), (wanted\.sector_id|@\w+), @\w+\)")]
    private static partial Regex SeatsForWhatIsTakenBack();

    [GeneratedRegex(@"and act\.undone_id is null")]
    private static partial Regex WaitForWhatCanBeTakenBack();
}
