using TrainingHub.Bookings;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What staff may do that a visitor may not, and what then holds for everybody else.</summary>
public sealed class BookForSomebodyTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly Actor Cora = new(Guid.CreateVersion7(), "Cora Coordinator");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Full_WithAReason_TakesSoManyMoreAndNobodyElseGetsOne()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 2);
        var first = await world.BookAsync(run, "one@b1.example");
        await world.BookAsync(run, "two@b1.example");

        Assert.Equal(BookPlaceResult.Full, (await BookAsync(world, run, "three@b1.example")).Result);
        Assert.Equal(BookPlaceResult.Booked, (await BookAsync(world, run, "three@b1.example", most: 3)).Result);
        Assert.Equal((3, 1, 0), (await world.PlacesTakenAsync(run), await ColumnAsync(world, "extra_places", run), await ColumnAsync(world, "places_left", run)));
        Assert.Equal("3 of 2", await world.TextAsync("select changes -> 0 ->> 'After' from history_entries where record_id = $1 and act = 'Over-booked'", run));

        await app.WithAsync((CancelBooking cancel) => cancel.RunAsync(first.Id, Token));

        Assert.Equal((2, 0), (await world.PlacesTakenAsync(run), await ColumnAsync(world, "places_left", run)));
        Assert.Equal(BookPlaceResult.Full, (await world.BookPlace.RunAsync(world.Request(run, "four@b1.example"), Token)).Result);
        Assert.Equal(BookPlaceResult.Full, (await BookAsync(world, run, "four@b1.example")).Result);
    }

    [Fact]
    public async Task Full_ReasonGivenForFewer_RefusesTheRest()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 1);
        await world.BookAsync(run, "one@b2.example");
        Assert.Equal(BookPlaceResult.Booked, (await BookAsync(world, run, "two@b2.example", most: 2)).Result);

        var refused = await BookAsync(world, run, "three@b2.example", most: 2);

        Assert.Equal((BookPlaceResult.Full, 0), (refused.Result, refused.PlacesLeft));
    }

    [Fact]
    public async Task PlaceFreeAgain_ReasonGiven_IsNoOverBooking()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 2);
        await world.BookAsync(run, "one@b3.example");

        await BookAsync(world, run, "two@b3.example", most: 3);

        Assert.Equal((2, 0), (await world.PlacesTakenAsync(run), await ColumnAsync(world, "extra_places", run)));
        Assert.Equal(0, await world.CountAsync("select count(*) from history_entries where record_id = $1", run));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public async Task HeldForAnotherSector_OnlyThoseLeft_GivesAsManyAsNeeded(int people, int heldAfter)
    {
        var world = await WorldAsync();
        var police = await world.OtherSectorAsync();
        var run = await world.HeldBackRunAsync(capacity: 3, held: 2, police);
        await world.BookAsync(run, "one@b4.example");

        Assert.Equal(BookPlaceResult.Booked, (await BookAsync(world, run, [.. Enumerable.Range(0, people).Select(number => $"p{number}@b4.example")])).Result);

        Assert.Equal((1 + people, heldAfter), (await world.PlacesTakenAsync(run), await ColumnAsync(world, "held_back", run)));
        Assert.Equal(1, await world.CountAsync("select count(*) from history_entries where record_id = $1 and act = 'Held places given'", run));
    }

    // Who leaves gives a held place back, and the date is over-full all the same: the table's CHECK must let them go.
    [Fact]
    public async Task HeldForAnotherSector_OverBookedAndOneOfItLeaves_Cancels()
    {
        var world = await WorldAsync();
        var police = await world.OtherSectorAsync();
        var run = await world.HeldBackRunAsync(capacity: 2, held: 1, police);
        var officer = await app.Given.BookAsync(world.Request(run, "officer@b5.example") with { SectorId = police });
        await world.BookAsync(run, "one@b5.example");
        await BookAsync(world, run, "two@b5.example", most: 3);

        await app.WithAsync((CancelBooking cancel) => cancel.RunAsync(officer.Id, Token));

        Assert.Equal((2, 2, 0), (await world.PlacesTakenAsync(run), await world.LivePlacesAsync(run), await world.HeldBackTakenAsync(run)));
        Assert.Equal(BookPlaceResult.Full, (await world.BookPlace.RunAsync(world.Request(run, "second@b5.example") with { SectorId = police }, Token)).Result);
    }

    [Fact]
    public async Task ClosedAndBegun_BooksAndRefuses()
    {
        var world = await WorldAsync();
        var closed = await world.ClosingRunAsync(capacity: 5, TimeSpan.FromDays(2), startsIn: TimeSpan.FromDays(1));
        var begun = await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromMinutes(-1));

        Assert.Equal(BookPlaceResult.Booked, (await BookAsync(world, closed, "one@b6.example")).Result);
        Assert.Equal(BookPlaceResult.RunClosed, (await BookAsync(world, begun, "one@b6.example")).Result);
    }

    [Fact]
    public async Task ByInvoice_IsInvoicedAndNotCountedAgainstAVisitor()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 30);
        var booked = await BookAsync(world, run, [.. Enumerable.Range(0, 10).Select(number => $"p{number}@b7.example")]);

        await app.RunJobAsync("IssueInvoices");

        Assert.Equal(1, await world.SentAsync(booked.Booking!.Reference, "invoice-issued"));
        Assert.Equal("Staff", await world.TextAsync("select origin from bookings where id = $1", booked.Booking.Id));
    }

    [Fact]
    public async Task SameFormTwice_GivesTheOneBooking()
    {
        var world = await WorldAsync();
        var run = await world.HeldBackRunAsync(capacity: 3, held: 3, await world.OtherSectorAsync());
        var request = Request(world, run, null, "one@b8.example");

        var (first, second) = (await RunAsync(request), await RunAsync(request));

        Assert.Equal((BookPlaceResult.Booked, BookPlaceResult.AlreadyBooked), (first.Result, second.Result));
        Assert.Equal((first.Booking!.Reference, 2), (second.Booking!.Reference, await ColumnAsync(world, "held_back", run)));
    }

    [Theory]
    [InlineData(30, 48)]
    [InlineData(1, 24)]
    [InlineData(0, 0.5833333333)]
    public void HoldUntil_IsTwoDaysAndNotAfterItBegins(int startsInDays, double hours)
    {
        var now = app.Clock.Now;

        Assert.Equal(hours, (BookForSomebody.HoldUntil(now, now.AddDays(startsInDays)) - now).TotalHours, 6);
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);

    private static Task<int> ColumnAsync(BookingWorld world, string column, Guid run) => world.CountAsync($"select {column} from course_runs where id = $1", run);

    private BookPlaceRequest Request(BookingWorld world, Guid run, int? most, params string[] people) => world.Request(run) with
    {
        Dates = [new(run, 5500, [.. people.Select(email => new TrainingHub.Bookings.Delegate($"Person {email}", email, null))], most)],
        Staff = new(app.Clock.Now, OverBecause: most is null ? null : "The room is large enough."),
    };

    private Task<BookPlaceOutcome> RunAsync(BookPlaceRequest request) => app.WithAsync((BookForSomebody book) => book.RunAsync(request, Cora, Token));

    private Task<BookPlaceOutcome> BookAsync(BookingWorld world, Guid run, params string[] people) => RunAsync(Request(world, run, null, people));

    private Task<BookPlaceOutcome> BookAsync(BookingWorld world, Guid run, string person, int most) => RunAsync(Request(world, run, most, person));
}
