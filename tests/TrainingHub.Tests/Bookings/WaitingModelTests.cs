using System.Globalization;
using CsCheck;
using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>
/// Random sequences of everything that happens to a date with a waiting list, against a model: nothing oversold, nobody overtaken, no
/// place lost. A failing sequence is made shorter. As many as WAITING_SEQUENCES says; each twin has one guard switched off.
/// </summary>
public sealed class WaitingModelTests(TestDatabase databases) : IAsyncLifetime
{
    private const int Few = 60;

    // What the list is about comes more often than the rest.
    private static readonly WaitingStepKind[] Often =
        [WaitingStepKind.Cancel, WaitingStepKind.Join, WaitingStepKind.OfferDue, WaitingStepKind.Accept, WaitingStepKind.OfferEnds, WaitingStepKind.Book];

    private static readonly Gen<(int Capacity, WaitingStep[] Steps)> Games = Gen.Select(
        Gen.Int[1, 4],
        Gen.Select(Gen.Frequency((1, Gen.Enum<WaitingStepKind>()), (1, Gen.Int[0, Often.Length - 1].Select(index => Often[index]))), Gen.Int[0, 11], Gen.Frequency((4, Gen.Const(1)), (2, Gen.Const(2)), (1, Gen.Const(3))),
            (kind, which, places) => new WaitingStep(kind, which, places)).Array[4, 30]);

    private readonly TestApp app = new(databases);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Sequences =>
        int.TryParse(Environment.GetEnvironmentVariable("WAITING_SEQUENCES"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Few;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public Task RandomSequences_AgreeWithTheModel() => PlayAsync(Sequences);

    // The twins play few known steps, which chance would bring now and then.
    [Fact]
    public Task WithoutTheListInTheCount_TheModelDiffers() => DiffersAsync(
        "create or replace function places_left_for(run course_runs, sector uuid, moment timestamptz) returns integer language sql immutable as 'select run.places_left'",
        WaitingStepKind.Book, WaitingStepKind.Join, WaitingStepKind.Cancel, WaitingStepKind.Book);

    [Fact]
    public Task WithoutTheOffersInTheCount_TheModelDiffers() => DiffersAsync(
        "alter table course_runs drop constraint ck_course_runs_places; "
        + "create or replace function places_not_offered(run course_runs, sector uuid, moment timestamptz) returns integer language sql immutable as 'select run.places_left'",
        WaitingStepKind.Book, WaitingStepKind.Join, WaitingStepKind.Join, WaitingStepKind.Cancel, WaitingStepKind.OfferDue, WaitingStepKind.OfferDue);

    [Fact]
    public Task WithoutTheTrigger_TheModelDiffers() => DiffersAsync(
        "drop trigger tg_waiting_list_entries_changed on waiting_list_entries",
        WaitingStepKind.Book, WaitingStepKind.Join, WaitingStepKind.Cancel, WaitingStepKind.OfferDue);

    // An offer is taken after its end, before the list has seen to it.
    [Fact]
    public async Task WithoutTheEndOfAnOffer_TheModelDiffers()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var unguarded = new BookPlace(app.Database, app.Clock, Microsoft.Extensions.Options.Options.Create(BookingWorld.Site))
        {
            Guard = Unguarded.Instead(BookingSql.BookPlace, "and entry.offered_until > @now", ""),
        };
        var late = StepsOf(
            WaitingStepKind.Book, WaitingStepKind.Join, WaitingStepKind.Cancel, WaitingStepKind.OfferDue, WaitingStepKind.OfferEnds, WaitingStepKind.Accept);

        await new WaitingGame(app, world, Token).PlayAsync(1, late);

        await Assert.ThrowsAsync<InvalidOperationException>(() => new WaitingGame(app, world, Token, unguarded).PlayAsync(1, late));
    }

    private static WaitingStep[] StepsOf(params WaitingStepKind[] kinds) => [.. kinds.Select(kind => new WaitingStep(kind, 0, 1))];

    /// <summary>On one place the steps agree with the model, and do not once the statement has taken a guard away.</summary>
    private async Task DiffersAsync(string statement, params WaitingStepKind[] kinds)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        await new WaitingGame(app, world, Token).PlayAsync(1, StepsOf(kinds));
        await world.ExecuteAsync(statement);

        await Assert.ThrowsAsync<InvalidOperationException>(() => new WaitingGame(app, world, Token).PlayAsync(1, StepsOf(kinds)));
    }

    private async Task PlayAsync(int sequences)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        await Games.SampleAsync(
            game => new WaitingGame(app, world, Token).PlayAsync(game.Capacity, game.Steps),
            iter: sequences,
            threads: 1,
            print: game => $"{game.Capacity} places: {string.Join("; ", game.Steps.Select(step => step.ToString()))}");
    }
}
