using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What meets while everybody on a date moves to another: bookers of its last places, another merge, and who books the date that ends.</summary>
public sealed partial class MergeDatesRaceTests(TestApp app, TestDatabase databases) : IClassFixture<TestApp>
{
    private const int Bookers = 200;
    private const int Rounds = 4;
    private const int Capacity = 12;

    private static readonly Actor Ann = new(Guid.CreateVersion7(), "Ann Coordinator");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merge_WhileTwoHundredBookTheLastPlaces_SellsNoneTwiceAndLosesNobody()
    {
        var world = await WorldAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (from, to) = (await world.RunAsync(capacity: 8), await world.RunAsync(Capacity, TimeSpan.FromDays(40)));
            for (var booking = 0; booking < 3; booking++)
            {
                await world.BookAsync(from, $"a{booking}@{from:N}.example", $"b{booking}@{from:N}.example");
            }

            var (result, booked) = await RushAsync(world, from, to, startsAfter: round * 15);

            var (there, here) = (await world.LivePlacesAsync(to), await world.LivePlacesAsync(from));
            Assert.Equal(result == MergeDatesResult.Merged ? (6, 0) : (0, 6), (there - booked, here));
            Assert.True(result is MergeDatesResult.Merged or MergeDatesResult.Full, $"{result}");
            Assert.True(there <= Capacity, $"{there} of {Capacity} are sold.");
            Assert.Equal((there, here), (await world.PlacesTakenAsync(to), await world.PlacesTakenAsync(from)));
            Assert.Equal(6, await world.CountAsync(
                "select count(distinct place.person_id) from live_places place join people on people.id = place.person_id where people.email like '%' || $1 || '.example'", $"{from:N}"));
        }
    }

    [Fact]
    public async Task Merge_TwoMeetAtTheLastPlace_OneGetsIt()
    {
        var world = await WorldAsync();

        Assert.Equal((1, 1), await MeetAsync(app, world, act => act()));
    }

    /// <summary>The twin: no date is locked, and what is left is looked at apart from the writing.</summary>
    [Fact]
    public async Task Merge_WithoutTheGuard_OversellsWhenTheyMeetAndHoldsInSequence()
    {
        await using var bare = new TestApp(databases);
        await bare.InitializeAsync();
        var world = await BookingWorld.MakeAsync(bare.Database, bare.Clock);
        await world.ExecuteAsync("alter table course_runs drop constraint ck_course_runs_places");

        Assert.Equal((2, 2), await MeetAsync(bare, world, act => Unguarded.WithoutRowLocksAsync(
            () => Unguarded.InsteadAsync(Condition(), "and (select places_left_for(seen, $1, $2) from course_runs seen where seen.id = course_runs.id) >= $3", act))));

        var last = await world.RunAsync(capacity: 1, TimeSpan.FromDays(50));
        foreach (var from in await TwoAsync(world))
        {
            await Unguarded.WithoutRowLocksAsync(() => MergeAsync(bare, from, last));
        }

        Assert.Equal(1, await world.LivePlacesAsync(last));
    }

    [Fact]
    public async Task Merge_TheDateIsBookedAtTheSameTime_NobodyIsLeftOnIt()
    {
        var world = await WorldAsync();
        var ((from, place), to) = (await WithOnePlaceAsync(world), await world.RunAsync(Capacity, TimeSpan.FromDays(40)));

        await Gate.OvertakeAtRowAsync(app.Database, "places", place, () => MergeAsync(app, from, to), () => PassByAsync(world, from));

        Assert.Equal((0, 0, 1), (await world.LivePlacesAsync(from), await world.PlacesTakenAsync(from), await world.LivePlacesAsync(to)));
    }

    /// <summary>The twin, which moves whom it read and holds nothing meanwhile: who books in between keeps a place on a cancelled date.</summary>
    [Fact]
    public async Task Merge_WithoutTheLocksWhileTheDateIsBooked_LeavesSomebodyOnIt()
    {
        var world = await WorldAsync();
        var ((from, place), to) = (await WithOnePlaceAsync(world), await world.RunAsync(Capacity, TimeSpan.FromDays(40)));

        await Gate.OvertakeAtRowAsync(
            app.Database, "places", place, () => Unguarded.WithoutRowLocksAsync(() => MergeAsync(app, from, to)), () => PassByAsync(world, from));

        Assert.Equal(1, await world.LivePlacesAsync(from));
    }

    private static async Task<(MergeDatesResult Merge, int Booked)> RushAsync(BookingWorld world, TestApp app, Guid from, Guid to, int startsAfter)
    {
        using var atOnce = new SemaphoreSlim(24);
        var (start, come) = (new TaskCompletionSource(), new TaskCompletionSource());
        var count = 0;
        var bookers = Enumerable.Range(0, Bookers).Select(client => Task.Run(async () =>
        {
            await start.Task;
            await atOnce.WaitAsync(Ct);
            try
            {
                if (Interlocked.Increment(ref count) > startsAfter)
                {
                    come.TrySetResult();
                }

                return await world.BookPlace.RunAsync(world.Request(to, $"c{client}@{to:N}.example"), Ct);
            }
            finally
            {
                atOnce.Release();
            }
        })).ToList();
        var merge = Task.Run(async () =>
        {
            await come.Task;
            return await MergeAsync(app, from, to, "6-0-0");
        });
        start.SetResult();
        var outcomes = await Task.WhenAll(bookers);
        return (await merge, outcomes.Count(outcome => outcome.Result == BookPlaceResult.Booked));
    }

    private Task<(MergeDatesResult Merge, int Booked)> RushAsync(BookingWorld world, Guid from, Guid to, int startsAfter) => RushAsync(world, app, from, to, startsAfter);

    /// <summary>Two dates of one person each are merged into one that has one place, once both have come to its row.</summary>
    private static async Task<(int Merged, int Live)> MeetAsync(TestApp app, BookingWorld world, Func<Func<Task<MergeDatesResult>>, Task<MergeDatesResult>> run)
    {
        var last = await world.RunAsync(capacity: 1, TimeSpan.FromDays(40));
        var results = new System.Collections.Concurrent.ConcurrentBag<MergeDatesResult>();
        var clients = (await TwoAsync(world)).Select(from => (Func<Task>)(async () => results.Add(await run(() => MergeAsync(app, from, last))))).ToList();
        await Gate.MeetAtRowAsync(app.Database, "course_runs", last, clients);
        return (results.Count(result => result == MergeDatesResult.Merged), await world.LivePlacesAsync(last));
    }

    private static async Task<IReadOnlyList<Guid>> TwoAsync(BookingWorld world)
    {
        var two = new List<Guid>();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            two.Add(await world.RunAsync(capacity: 4));
            await world.BookAsync(two[^1], $"{Guid.NewGuid():N}@meet.example");
        }

        return two;
    }

    private async Task<(Guid Run, Guid Place)> WithOnePlaceAsync(BookingWorld world)
    {
        var run = await world.RunAsync(capacity: 10);
        await world.BookAsync(run, $"{Guid.NewGuid():N}@early.example");
        return (run, await app.WithAsync<TrainingHubDb, Guid>(db => db.Places.Where(place => place.RunId == run).Select(place => place.Id).SingleAsync(Ct)));
    }

    private static Task<BookPlaceOutcome> PassByAsync(BookingWorld world, Guid run) => world.BookPlace.RunAsync(world.Request(run, $"{Guid.NewGuid():N}@late.example"), Ct);

    private static Task<MergeDatesResult> MergeAsync(TestApp app, Guid from, Guid to, string seen = "1-0-0") =>
        app.WithAsync<MergeDates, MergeDatesResult>(merge => merge.RunAsync(new(from, to, "Too few people had booked this date.", seen), Ann, Ct));

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);

    [GeneratedRegex(@"and places_left_for\(course_runs, (\S+), (\S+)\) >= (\S+)")]
    private static partial Regex Condition();
}
