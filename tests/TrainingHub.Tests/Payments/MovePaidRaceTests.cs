using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Bookers move places that are paid for to a date that has one place left: one of them gets it, and the others keep place and money.</summary>
public sealed partial class MovePaidRaceTests(TestDatabase databases) : IAsyncLifetime
{
    private const int Movers = 4;

    private readonly PayApp app = new(databases);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ((IAsyncLifetime)app).InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Move_PaidPlacesMeetAtTheLastSeat_OneMovesAndAllStayPaid()
    {
        var (last, movers) = await MoversAsync();
        var results = new ConcurrentBag<MoveOwnRefusal?>();

        await MeetAsync(last, movers, async mover => results.Add(await MoveAsync(mover, last)));

        Assert.Equal((1, Movers - 1), (results.Count(result => result is null), results.Count(result => result == MoveOwnRefusal.Full)));
        Assert.Equal((1, 1), (await app.World.LivePlacesAsync(last), await app.World.PlacesTakenAsync(last)));
        foreach (var mover in movers)
        {
            Assert.Equal(11000, await app.PaidPenceAsync(mover.Booking));
        }

        await app.CheckAsync();
    }

    // The last word of the table is gone too, or it would refuse the second one.
    [Fact]
    public async Task Move_SeatsLookedAtBeforeTheWait_SellsTheLastSeatToEach()
    {
        var (last, movers) = await MoversAsync();
        await app.World.ExecuteAsync("alter table course_runs drop constraint ck_course_runs_places");

        await MeetAsync(last, movers, mover => UnguardedAsync(mover, last));

        Assert.Equal((Movers, Movers), (await app.World.LivePlacesAsync(last), await app.World.PlacesTakenAsync(last)));
    }

    [Fact]
    public async Task Move_SeatsLookedAtBeforeTheWait_HoldsInSequence()
    {
        var (last, movers) = await MoversAsync();
        await app.World.ExecuteAsync("alter table course_runs drop constraint ck_course_runs_places");
        var results = new List<MoveOwnRefusal?>();

        foreach (var mover in movers)
        {
            results.Add(await UnguardedAsync(mover, last));
        }

        Assert.Equal([null, MoveOwnRefusal.Full, MoveOwnRefusal.Full, MoveOwnRefusal.Full], results);
    }

    private async Task<(Guid Last, IReadOnlyList<(Guid Booking, Guid Place)> Movers)> MoversAsync()
    {
        var movers = new List<(Guid, Guid)>();
        for (var number = 0; number < Movers; number++)
        {
            var booking = await app.PaidAsync(await app.RunAsync(capacity: 4));
            movers.Add((booking, await app.PlaceAsync(booking)));
        }

        return (await app.RunAsync(capacity: 1, days: 40), movers);
    }

    private Task MeetAsync(Guid last, IReadOnlyList<(Guid Booking, Guid Place)> movers, Func<(Guid Booking, Guid Place), Task> move) =>
        Gate.MeetAtRowAsync(app.Database, "course_runs", last, [.. movers.Select(mover => (Func<Task>)(() => move(mover)))]);

    private Task<MoveOwnRefusal?> MoveAsync((Guid Booking, Guid Place) mover, Guid to) =>
        app.WithAsync<MoveOwnPlace, MoveOwnRefusal?>(move => move.RunAsync(mover.Booking, mover.Place, to, Token));

    /// <summary>No date is locked, and what is left is what the statement saw before it waited for the date's row.</summary>
    private Task<MoveOwnRefusal?> UnguardedAsync((Guid Booking, Guid Place) mover, Guid to) => Unguarded.InsteadAsync(
        SeatsLeft(),
        "(select places_left_for(seen, $1, $2) >= $3 from course_runs seen where seen.id = course_runs.id)",
        () => Unguarded.WithoutRowLocksAsync(() => MoveAsync(mover, to)));

    [GeneratedRegex(@"places_left_for\(course_runs, (@\w+), (@\w+)\) >= (@\w+)")]
    private static partial Regex SeatsLeft();
}
