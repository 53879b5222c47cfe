using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Staff who book at the same moment: nobody is seated whom none of them agreed to.</summary>
public sealed class BookForSomebodyRaceTests(TestDatabase databases) : IAsyncLifetime
{
    private const int Staff = 2;

    private readonly TestApp app = new(databases);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task BookForSomebody_TwoTakeTheLastPlace_OneGetsIt()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 1);

        var outcomes = await MeetAsync(world, run, most: null, isGuarded: true);

        Assert.Equal([BookPlaceResult.Booked, BookPlaceResult.Full], outcomes);
        Assert.Equal((1, 1), (await world.LivePlacesAsync(run), await world.PlacesTakenAsync(run)));
    }

    [Fact]
    public async Task BookForSomebody_TwoAgreeToOneMoreThanPlaces_OneIsTaken()
    {
        var world = await WorldAsync();
        var run = await FullRunAsync(world);

        var outcomes = await MeetAsync(world, run, most: 2, isGuarded: true);

        Assert.Equal([BookPlaceResult.Booked, BookPlaceResult.Full], outcomes);
        Assert.Equal((2, 2), (await world.LivePlacesAsync(run), await world.PlacesTakenAsync(run)));
    }

    [Fact]
    public async Task BookForSomebody_WithoutGuard_TableStillRefuses()
    {
        var world = await WorldAsync();
        var (last, over) = (await world.RunAsync(capacity: 1), await FullRunAsync(world));

        await MeetAsync(world, last, most: null, isGuarded: false);
        await MeetAsync(world, over, most: 2, isGuarded: false);

        Assert.Equal((1, 2), (await world.LivePlacesAsync(last), await world.LivePlacesAsync(over)));
    }

    [Fact]
    public async Task BookForSomebody_WithoutGuardAndCheck_BothAreSeated()
    {
        var world = await WorldAsync();
        await world.ExecuteAsync("alter table course_runs drop constraint ck_course_runs_places");
        var (last, over) = (await world.RunAsync(capacity: 1), await FullRunAsync(world));

        await MeetAsync(world, last, most: null, isGuarded: false);
        await MeetAsync(world, over, most: 2, isGuarded: false);

        Assert.Equal((2, 3), (await world.LivePlacesAsync(last), await world.LivePlacesAsync(over)));
    }

    [Fact]
    public async Task BookForSomebody_WithoutGuardInSequence_Holds()
    {
        var world = await WorldAsync();
        await world.ExecuteAsync("alter table course_runs drop constraint ck_course_runs_places");
        var (last, over) = (await world.RunAsync(capacity: 1), await FullRunAsync(world));

        for (var number = 0; number < Staff; number++)
        {
            await BookAsync(world, last, number, most: null, isGuarded: false);
            await BookAsync(world, over, number, most: 2, isGuarded: false);
        }

        Assert.Equal((1, 2), (await world.LivePlacesAsync(last), await world.LivePlacesAsync(over)));
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);

    private static async Task<Guid> FullRunAsync(BookingWorld world)
    {
        var run = await world.RunAsync(capacity: 1);
        await world.BookAsync(run, "first@full.example");
        return run;
    }

    /// <summary>They come to the date's row together. What became of each, sorted.</summary>
    private async Task<IReadOnlyList<BookPlaceResult>> MeetAsync(BookingWorld world, Guid run, int? most, bool isGuarded)
    {
        var outcomes = new BookPlaceResult[Staff];
        await Gate.MeetAtRowAsync(app.Database, "course_runs", run, [.. Enumerable.Range(0, Staff).Select(number =>
            (Func<Task>)(async () => outcomes[number] = await BookAsync(world, run, number, most, isGuarded)))]);
        return [.. outcomes.Order()];
    }

    private async Task<BookPlaceResult> BookAsync(BookingWorld world, Guid run, int number, int? most, bool isGuarded)
    {
        await using var scope = app.Scope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        var book = new BookForSomebody(db, isGuarded ? world.BookPlace : world.BookPlaceWithoutGuard, app.Clock);
        var request = world.Request(run) with
        {
            Dates = [new(run, 5500, [new($"Person {number}", $"{number}@staff.example", null)], most)],
            Staff = new(app.Clock.Now, OverBecause: most is null ? null : "The room is large enough."),
        };
        var by = new Actor(Guid.CreateVersion7(), "Cora Coordinator");
        return (isGuarded
            ? await book.RunAsync(request, by, Token)
            : await Unguarded.WithoutRowLocksAsync(() => book.RunAsync(request, by, Token))).Result;
    }
}
