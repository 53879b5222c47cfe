using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>A booker moves one place to another date of the course, as often and as long as the policy allows.</summary>
public sealed class MoveOwnPlaceTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Move_InTime_TakesTheSeatThereOnceAndTellsBoth()
    {
        var world = await WorldAsync();
        var (from, to, third) = (await world.RunAsync(capacity: 4), await world.RunAsync(capacity: 4, TimeSpan.FromDays(40)), await world.RunAsync(capacity: 4, TimeSpan.FromDays(60)));
        var booking = await world.BookAsync(from, "one@o1.example", "two@o1.example");
        var place = await MovePlaceTests.PlaceAsync(app, booking.Id, "one@o1.example");

        Assert.Null(await MoveAsync(booking.Id, place, to));
        Assert.Equal(MoveOwnRefusal.MovedBefore, await MoveAsync(booking.Id, place, third));

        Assert.Equal((1, 1, 1, 1, 0), (
            await world.PlacesTakenAsync(from), await world.LivePlacesAsync(from), await world.PlacesTakenAsync(to), await world.LivePlacesAsync(to), await world.PlacesTakenAsync(third)));
        Assert.Equal(2, await world.SentAsync(booking.Reference, "date-moved"));
        Assert.Equal(5500, await world.CountAsync("select price_pence from places where id = $1", place));
    }

    [Fact]
    public async Task Move_WhereItMayNotGo_LeavesEverythingAsItWas()
    {
        var world = await WorldAsync();
        var from = await world.RunAsync(capacity: 4);
        var (full, same, dearer) = (
            await world.RunAsync(capacity: 1, TimeSpan.FromDays(40)), await world.RunAsync(capacity: 4, TimeSpan.FromDays(41)), await world.RunAsync(capacity: 4, TimeSpan.FromDays(42), feePence: 7000));
        var booking = await world.BookAsync(from, "one@o2.example");
        await world.BookAsync(full, "other@o2.example");
        await world.BookAsync(same, "one@o2.example");
        var place = await MovePlaceTests.PlaceAsync(app, booking.Id, "one@o2.example");

        Assert.Equal(MoveOwnRefusal.Full, await MoveAsync(booking.Id, place, full));
        Assert.Equal(MoveOwnRefusal.AlreadyThere, await MoveAsync(booking.Id, place, same));
        Assert.Equal(MoveOwnRefusal.NotOffered, await MoveAsync(booking.Id, place, dearer));
        Assert.Equal(MoveOwnRefusal.NotOffered, await MoveAsync(booking.Id, place, from));
        Assert.Equal(MoveOwnRefusal.NotOffered, await MoveAsync(booking.Id, place, Guid.NewGuid()));
        Assert.Equal(MoveOwnRefusal.NotALivePlace, await MoveAsync(booking.Id, Guid.NewGuid(), same));
        Assert.Equal((1, 1, 1, 0), (await world.LivePlacesAsync(from), await world.PlacesTakenAsync(full), await world.PlacesTakenAsync(same), await world.PlacesTakenAsync(dearer)));
    }

    [Fact]
    public async Task MovePage_ShowsDatesAtTheSamePriceAndMoves()
    {
        var world = await WorldAsync();
        var from = await world.RunAsync(capacity: 4);
        var (to, dearer) = (await world.RunAsync(capacity: 4, TimeSpan.FromDays(40)), await world.RunAsync(capacity: 4, TimeSpan.FromDays(42), feePence: 7000));
        var booking = await world.BookAsync(from, "one@o3.example");
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));

        var page = await manage.FollowAsync("Move the place of Person one@o3.example to another date");
        var nothing = await page.SubmitAsync();
        var done = await nothing.SubmitAsync(form => form["To"] = to.ToString());

        Assert.Contains("A place can be moved once more.", page.Main, StringComparison.Ordinal);
        Assert.Contains("Dates at another price", page.Main, StringComparison.Ordinal);
        Assert.Equal("Select a date", Assert.Single(nothing.Errors));
        Assert.Contains("has moved to the date that you chose", done.Main, StringComparison.Ordinal);
        Assert.Equal((0, 1, 0), (await world.PlacesTakenAsync(from), await world.PlacesTakenAsync(to), await world.PlacesTakenAsync(dearer)));
        Assert.Contains("it cannot be moved again", (await done.FollowAsync("Move the place of Person one@o3.example to another date")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_AfterThePolicysDay_IsTooLateAndSaysUntilWhenItWas()
    {
        await using var later = new TestApp(app.ConnectionString);
        var world = await BookingWorld.MakeAsync(later.Database, later.Clock);
        var (from, to) = (await world.RunAsync(capacity: 4), await world.RunAsync(capacity: 4, TimeSpan.FromDays(60)));
        var booking = await world.BookAsync(from, "one@o4.example");
        var place = await MovePlaceTests.PlaceAsync(later, booking.Id, "one@o4.example");
        var startsAt = await later.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(run => run.Id == from).Select(run => run.StartsAt).SingleAsync(Ct));
        var policy = await later.WithAsync((TrainingHubDb db) => CancellationPolicy.OfAsync(db, London.DateOf(later.Clock.Now), Ct));
        var until = CancellationTerms.Of(policy!, startsAt).MoveUntil;
        later.Clock.MoveTo(until);

        Assert.Equal(MoveOwnRefusal.TooLate, await later.WithAsync<MoveOwnPlace, MoveOwnRefusal?>(move => move.RunAsync(booking.Id, place, to, Ct)));
        var manage = await later.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));
        var page = await manage.FollowAsync("Move the place of Person one@o4.example to another date");
        Assert.Contains($"it could be moved until the end of {CancellationWords.LastDay(until)}", page.Main, StringComparison.Ordinal);
        Assert.Equal((1, 0), (await world.PlacesTakenAsync(from), await world.PlacesTakenAsync(to)));
    }

    [Fact]
    public async Task Move_TwoMeetAtTheLastPlace_OneGetsIt()
    {
        var world = await WorldAsync();
        var last = await world.RunAsync(capacity: 1, TimeSpan.FromDays(40));
        var clients = new List<Func<Task>>();
        var results = new System.Collections.Concurrent.ConcurrentBag<MoveOwnRefusal?>();
        for (var one = 0; one < 2; one++)
        {
            var email = $"{Guid.NewGuid():N}@o5.example";
            var booking = await world.BookAsync(await world.RunAsync(capacity: 4), email);
            var place = await MovePlaceTests.PlaceAsync(app, booking.Id, email);
            clients.Add(async () => results.Add(await MoveAsync(booking.Id, place, last)));
        }

        await Gate.MeetAtRowAsync(app.Database, "course_runs", last, clients);

        Assert.Equal([MoveOwnRefusal.Full, null], results.OrderBy(result => result is null));
        Assert.Equal(1, await world.LivePlacesAsync(last));
    }

    private Task<MoveOwnRefusal?> MoveAsync(Guid booking, Guid place, Guid to) =>
        app.WithAsync<MoveOwnPlace, MoveOwnRefusal?>(move => move.RunAsync(booking, place, to, Ct));

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
