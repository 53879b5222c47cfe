using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Staff move one person of a booking to another date of the course.</summary>
public sealed partial class MovePlaceTests(TestApp app, TestDatabase databases) : IClassFixture<TestApp>
{
    private static readonly Actor Ann = new(Guid.CreateVersion7(), "Ann Coordinator");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Move_OneOfTwo_TakesTheSeatThereTellsBothAndStartsTheNoticesAnew()
    {
        var world = await WorldAsync();
        var (from, to) = (await world.RunAsync(capacity: 4), await world.RunAsync(capacity: 4, TimeSpan.FromDays(40)));
        var booking = await world.BookAsync(from, "one@m1.example", "two@m1.example");
        var place = await PlaceAsync(app, booking.Id, "one@m1.example");
        await app.Given.RemindedAsync(place, await app.WithAsync<TrainingHubDb, Guid?>(db => db.Places.Where(one => one.Id == place).Select(one => one.PersonId).SingleAsync(Ct)));
        await world.ExecuteAsync("update course_runs set change_number = 3 where id = $1", from);

        Assert.Equal(MovePlaceResult.Moved, await MoveAsync(app, new(booking.Id, place, to, null, "As we agreed.")));
        Assert.Equal(MovePlaceResult.Moved, await MoveAsync(app, new(booking.Id, place, to, null, "As we agreed.")));

        Assert.Equal((1, 1, 1, 1), (await world.PlacesTakenAsync(from), await world.LivePlacesAsync(from), await world.PlacesTakenAsync(to), await world.LivePlacesAsync(to)));
        Assert.Equal(2, await world.SentAsync(booking.Reference, "date-moved"));
        Assert.Equal(1, await world.CountAsync(
            "select count(*) from outgoing_emails where about = $1 and kind = 'date-moved' and to_address = 'one@m1.example' and model ->> 'Url' like '%/d/%'", booking.Reference));
        Assert.Equal(0, await world.CountAsync("select count(*) from place_notices where place_id = $1", place));
        Assert.Equal(5, await world.CountAsync(
            "select place.calendar_number + run.change_number from places place join course_runs run on run.id = place.run_id where place.id = $1", place));
        Assert.Equal(1, await world.CountAsync(
            "select count(*) from history_entries where record_id = $1 and act = 'Place moved to another date' and note = 'As we agreed.'", booking.Id));
        Assert.Equal(0, await world.CountAsync("select count(*) from history_entries where record_id = $1 and changes::text like '%m1.example%'", booking.Id));
    }

    [Fact]
    public async Task Move_WhereItMayNotGo_LeavesEverythingAsItWas()
    {
        var world = await WorldAsync();
        var (from, full, same) = (await world.RunAsync(capacity: 4), await world.RunAsync(capacity: 1, TimeSpan.FromDays(40)), await world.RunAsync(capacity: 4, TimeSpan.FromDays(41)));
        var booking = await world.BookAsync(from, "one@m2.example");
        await world.BookAsync(full, "other@m2.example");
        await world.BookAsync(same, "one@m2.example");
        var begun = await world.RunAsync(capacity: 4, TimeSpan.FromDays(-1));
        var place = await PlaceAsync(app, booking.Id, "one@m2.example");
        var sent = (await world.MailedAsync(booking.Reference)).Count;

        Assert.Equal(MovePlaceResult.Full, await MoveAsync(app, new(booking.Id, place, full, null, null)));
        Assert.Equal(MovePlaceResult.AlreadyThere, await MoveAsync(app, new(booking.Id, place, same, null, null)));
        Assert.Equal(MovePlaceResult.NotOffered, await MoveAsync(app, new(booking.Id, place, begun, null, null)));
        Assert.Equal(MovePlaceResult.NotOffered, await MoveAsync(app, new(booking.Id, place, Guid.NewGuid(), null, null)));
        Assert.Equal(MovePlaceResult.NotALivePlace, await MoveAsync(app, new(booking.Id, Guid.NewGuid(), same, null, null)));

        Assert.Equal((1, 1, 1), (await world.LivePlacesAsync(from), await world.PlacesTakenAsync(full), await world.PlacesTakenAsync(same)));
        Assert.Equal(sent, (await world.MailedAsync(booking.Reference)).Count);
    }

    [Fact]
    public async Task Move_ToADateWhoseBookingHasClosed_IsForStaff()
    {
        var world = await WorldAsync();
        var (from, closed) = (await world.RunAsync(capacity: 4), await world.ClosingRunAsync(capacity: 4, TimeSpan.FromDays(50), TimeSpan.FromDays(40)));
        var booking = await world.BookAsync(from, "one@m3.example");

        Assert.Equal(MovePlaceResult.Moved, await MoveAsync(app, new(booking.Id, await PlaceAsync(app, booking.Id, "one@m3.example"), closed, null, null)));
    }

    [Fact]
    public async Task Move_TwoMeetAtTheLastPlace_OneGetsIt()
    {
        var world = await WorldAsync();

        Assert.Equal((1, 1), await MeetAsync(app, world, act => act()));
    }

    /// <summary>The twin: neither date is locked, and what is left is looked at apart from the writing.</summary>
    [Fact]
    public async Task Move_WithoutTheGuard_OversellsWhenTheyMeetAndHoldsInSequence()
    {
        await using var bare = new TestApp(databases);
        await bare.InitializeAsync();
        var world = await BookingWorld.MakeAsync(bare.Database, bare.Clock);
        await world.ExecuteAsync("alter table course_runs drop constraint ck_course_runs_places");

        Assert.Equal((2, 2), await MeetAsync(bare, world, act => Unguarded.WithoutRowLocksAsync(
            () => Unguarded.InsteadAsync(Condition(), "and (select places_left_for(seen, $1, $2) from course_runs seen where seen.id = course_runs.id) >= $3", act))));

        var last = await world.RunAsync(capacity: 1, TimeSpan.FromDays(50));
        foreach (var (booking, place) in await TwoAsync(bare, world))
        {
            await Unguarded.WithoutRowLocksAsync(() => MoveAsync(bare, new(booking, place, last, null, null)));
        }

        Assert.Equal(1, await world.LivePlacesAsync(last));
    }

    /// <summary>Two members of staff move two people to the last place of a date, once both have come to its row.</summary>
    private static async Task<(int Moved, int Live)> MeetAsync(TestApp app, BookingWorld world, Func<Func<Task<MovePlaceResult>>, Task<MovePlaceResult>> run)
    {
        var last = await world.RunAsync(capacity: 1, TimeSpan.FromDays(40));
        var results = new System.Collections.Concurrent.ConcurrentBag<MovePlaceResult>();
        var clients = (await TwoAsync(app, world)).Select(one => (Func<Task>)(async () =>
            results.Add(await run(() => MoveAsync(app, new(one.Booking, one.Place, last, null, null)))))).ToList();
        await Gate.MeetAtRowAsync(app.Database, "course_runs", last, clients);
        return (results.Count(result => result == MovePlaceResult.Moved), await world.LivePlacesAsync(last));
    }

    private static async Task<List<(Guid Booking, Guid Place)>> TwoAsync(TestApp app, BookingWorld world)
    {
        var two = new List<(Guid, Guid)>();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var email = $"{Guid.NewGuid():N}@meet.example";
            var booking = await world.BookAsync(await world.RunAsync(capacity: 4), email);
            two.Add((booking.Id, await PlaceAsync(app, booking.Id, email)));
        }

        return two;
    }

    private static Task<MovePlaceResult> MoveAsync(TestApp app, PlaceMove move) =>
        app.WithAsync<MovePlace, MovePlaceResult>(command => command.RunAsync(move, Ann, Ct));

    internal static Task<Guid> PlaceAsync(TestApp app, Guid booking, string email) => app.WithAsync<TrainingHubDb, Guid>(db => (
        from place in db.Places
        join person in db.People on place.PersonId equals person.Id
        where place.BookingId == booking && person.Email == email
        select place.Id).SingleAsync(Ct));

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);

    [GeneratedRegex(@"and places_left_for\(course_runs, (\S+), (\S+)\) >= (\S+)")]
    private static partial Regex Condition();
}
