using System.Diagnostics;
using TrainingHub.Bookings;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Platform.Calendar;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>An order for two dates, from its booking to its last cancellation, as its booker, its delegates and staff see it.</summary>
public sealed class OrderTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task BookPlace_TwoDatesWithPricesOfTheirOwn_EachPlaceHasItsPriceAndRule()
    {
        var world = await WorldAsync();
        var (first, second) = (await world.RunAsync(capacity: 5), await world.RunAsync(capacity: 5, TimeSpan.FromDays(60), feePence: 8000));

        var outcome = await world.BookPlace.RunAsync(
            world.Request(first) with { Dates = [Line(second, 8000, "ann@or1.example"), Line(first, 5500, "ann@or1.example", "ben@or1.example")] }, Token);

        Assert.Equal(BookPlaceResult.Booked, outcome.Result);
        Assert.Equal("5500 Fee of this course, 5500 Fee of this course, 8000 Fee of this date", await world.TextAsync(
            "select string_agg(price_pence || ' ' || price_rule, ', ' order by id) from places where booking_id = $1", outcome.Booking!.Id));
        Assert.Equal(2, await world.CountAsync("select count(distinct person_id) from places where booking_id = $1", outcome.Booking.Id));
    }

    [Fact]
    public async Task BookPlace_OnePriceHasChanged_NamesTheDate()
    {
        var world = await WorldAsync();
        var (first, second) = (await world.RunAsync(capacity: 5), await world.RunAsync(capacity: 5, feePence: 8000));

        var outcome = await world.BookPlace.RunAsync(world.Request([first, second], "ann@or2.example"), Token);

        Assert.Equal((BookPlaceResult.PriceChanged, second, 8000), (outcome.Result, outcome.RunId, outcome.PricePence));
        Assert.Equal((0, 0), (await world.PlacesTakenAsync(first), await world.PlacesTakenAsync(second)));
    }

    [Fact]
    public async Task BookPlace_SomebodyHasAPlaceOnTheSecondDate_NamesTheDateAndWho()
    {
        var world = await WorldAsync();
        var (first, second) = (await world.RunAsync(capacity: 5), await world.RunAsync(capacity: 5));
        await world.BookAsync(second, "ben@or3.example");

        var outcome = await world.BookPlace.RunAsync(world.Request([first, second], "ann@or3.example", "ben@or3.example"), Token);

        Assert.Equal((BookPlaceResult.DelegateAlreadyOnDate, second), (outcome.Result, outcome.RunId));
        Assert.Equal(1, Assert.Single(outcome.Taken!).Index);
        Assert.Equal((0, 1), (await world.PlacesTakenAsync(first), await world.PlacesTakenAsync(second)));
    }

    [Fact]
    public async Task BookPlace_OneDateHasBegun_NamesTheDate()
    {
        var world = await WorldAsync();
        var (first, begun) = (await world.RunAsync(capacity: 5), await world.RunAsync(capacity: 5, TimeSpan.FromMinutes(-1)));

        var outcome = await world.BookPlace.RunAsync(world.Request([first, begun], "ann@or4.example"), Token);

        Assert.Equal((BookPlaceResult.RunClosed, begun), (outcome.Result, outcome.RunId));
        Assert.Equal(0, await world.PlacesTakenAsync(first));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task BookPlace_HoweverManyDates_ReadsOnceAndWritesOnce(int dates)
    {
        var world = await WorldAsync();
        var runs = new List<Guid>();
        for (var date = 0; date < dates; date++)
        {
            runs.Add(await world.RunAsync(capacity: 5));
        }

        using var source = new ActivitySource("trips");
        var trips = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name is "Npgsql" or "trips",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var booking = source.StartActivity() ?? throw new InvalidOperationException("Nobody listens.");
        listener.ActivityStopped = ended => trips += ended.Source.Name == "Npgsql" && ended.TraceId == booking.TraceId && ended.GetTagItem("db.query.text") is not null ? 1 : 0;
        var outcome = await world.BookPlace.RunAsync(world.Request(runs, "ann@or5.example", "ben@or5.example"), Token);

        Assert.Equal((BookPlaceResult.Booked, 2), (outcome.Result, trips));
    }

    [Fact]
    public async Task Emails_OfTwoDates_NameBothAndDelegatesOnlyTheirOwn()
    {
        var world = await WorldAsync();
        var (first, second) = (await world.RunAsync(capacity: 5), await world.RunAsync(capacity: 5, TimeSpan.FromDays(60)));
        var request = world.Request(first) with
        {
            Dates = [Line(first, 5500, "ann@or6.example"), Line(second, 5500, "ann@or6.example", "ben@or6.example")],
        };

        var booking = (await world.BookPlace.RunAsync(request, Token)).Booking!;

        Assert.Equal(["ann@or6.example", "bea@school.example", "ben@or6.example"], await world.MailedAsync(booking.Reference));
        Assert.Equal("Booking confirmed: Neglect and 1 more date " + $"({booking.Reference})", await SubjectAsync(world, booking, "bea@school.example"));
        Assert.Equal("1: Ann; 2: Ann, Ben", await DatesAsync(world, booking, "bea@school.example"));
        Assert.Equal("1: ; 2: ", await DatesAsync(world, booking, "ann@or6.example"));
        Assert.Equal("", await DatesAsync(world, booking, "ben@or6.example"));
        Assert.Equal("Ben, you are booked: Neglect", await SubjectAsync(world, booking, "ben@or6.example"));
    }

    [Fact]
    public async Task Manage_OfTwoDates_ShowsBothAndCancelsOne()
    {
        var (world, first, second, booking) = await BookedAsync("or7");
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));
        Assert.Contains("£220 (4 places at £55)", manage.Main);
        Assert.Equal(2, manage.All("h3").Count(heading => heading == "Who is coming"));

        var ask = await manage.Browser.GetAsync(BookingUrls.CancelDate(booking.Reference, second));
        Assert.Equal("Cancel this date?", ask.Heading);
        Assert.Contains("£110 is no longer due.", ask.Main);
        var done = await ask.SubmitAsync();

        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Contains("Cancelled: Person ann@or7.example, Person ben@or7.example.", done.Main);
        Assert.Equal((2, 0), (await world.LivePlacesAsync(first), await world.LivePlacesAsync(second)));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "place-cancelled"));
        Assert.Equal(2, await world.SentAsync(booking.Reference, "your-place-cancelled"));
        Assert.StartsWith("2 places cancelled: Neglect", await world.TextAsync(
            "select subject from outgoing_emails where about = $1 and kind = 'place-cancelled'", booking.Reference));
    }

    [Fact]
    public async Task Manage_OfTwoDates_CancelsOnePlaceOfOne()
    {
        var (world, first, second, booking) = await BookedAsync("or8");
        var place = await PlaceAsync(world, booking, first, "Person ann@or8.example");

        Assert.Equal(CancelResult.Cancelled, await CancelAsync(cancel => cancel.RunAsync(booking.Id, place, Token)));

        Assert.Equal((1, 2), (await world.LivePlacesAsync(first), await world.LivePlacesAsync(second)));
        Assert.Equal("One place cancelled: Neglect " + $"({booking.Reference})", await world.TextAsync(
            "select subject from outgoing_emails where about = $1 and kind = 'place-cancelled'", booking.Reference));
    }

    [Fact]
    public async Task Cancel_FirstDateHasBegun_TouchesOnlyWhatIsToCome()
    {
        var (world, first, second, booking) = await BookedAsync("or9");
        await world.ExecuteAsync("update course_runs set starts_at = $2, ends_at = $3 where id = $1", first, app.Clock.Now.AddHours(-1), app.Clock.Now.AddHours(1));
        var begun = await PlaceAsync(world, booking, first, "Person ann@or9.example");

        Assert.Equal(CancelResult.RunStarted, await CancelAsync(cancel => cancel.RunAsync(booking.Id, begun, Token)));
        Assert.Equal(CancelResult.RunStarted, await CancelAsync(cancel => cancel.DateAsync(booking.Id, first, Token)));
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));
        var ask = await manage.FollowAsync("Cancel every date to come");
        await ask.SubmitAsync();

        Assert.Equal("Cancel this date?", ask.Heading);
        Assert.Equal((2, 0), (await world.LivePlacesAsync(first), await world.LivePlacesAsync(second)));
        Assert.Equal(1, await world.CountAsync("select count(*) from bookings where id = $1 and state = 'Confirmed'", booking.Id));
        Assert.Equal(CancelResult.RunStarted, await CancelAsync(cancel => cancel.RunAsync(booking.Id, Token)));
    }

    [Fact]
    public async Task Cancel_DateByDate_EndsTheBookingWithTheLast()
    {
        var (world, first, second, booking) = await BookedAsync("or10");

        await CancelAsync(cancel => cancel.DateAsync(booking.Id, first, Token));
        await CancelAsync(cancel => cancel.DateAsync(booking.Id, second, Token));

        Assert.Equal(CancelResult.NothingToCancel, await CancelAsync(cancel => cancel.DateAsync(booking.Id, second, Token)));
        Assert.Equal(1, await world.CountAsync("select count(*) from bookings where id = $1 and state = 'Cancelled'", booking.Id));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "booking-cancelled"));
        Assert.Equal(4, await world.SentAsync(booking.Reference, "your-place-cancelled"));
    }

    [Fact]
    public async Task Correct_PersonOnTwoDates_IsCorrectedOnBoth()
    {
        var (world, first, _, booking) = await BookedAsync("or14");
        var place = await PlaceAsync(world, booking, first, "Person ann@or14.example");

        var outcome = await app.WithAsync<CorrectDelegate, DelegateChangeOutcome>(
            correct => correct.RunAsync(booking.Id, place, "Anne Able", "anne@or14.example", Token));

        Assert.Equal(DelegateChangeResult.Changed, outcome.Result);
        Assert.Equal(2, await world.CountAsync("select count(*) from places where booking_id = $1 and delegate_name = 'Anne Able'", booking.Id));
        Assert.Equal("1: ; 2: ", await DatesAsync(world, booking, "anne@or14.example"));
    }

    [Fact]
    public async Task Link_AfterTheLaterDateIsCancelled_StillLastsAYearBeyondTheWholeOrder()
    {
        var (world, first, _, booking) = await BookedAsync("or11");

        await CancelAsync(cancel => cancel.DateAsync(booking.Id, first, Token));

        Assert.Equal(1, await world.CountAsync("select count(distinct expires_at) from secret_links where subject_id = $1", booking.Id));
        Assert.Equal(2, await world.CountAsync("select count(*) from secret_links where subject_id = $1", booking.Id));
    }

    [Fact]
    public async Task Calendar_OfTwoDates_StrikesOnlyTheOneThatIsCancelled()
    {
        var (world, first, second, booking) = await BookedAsync("or12");
        var address = await world.PrivateLinkAsync(booking.Reference) + "/calendar.ics";
        var before = await ReadAsync(address);
        Assert.Equal([(0, "CONFIRMED"), (0, "CONFIRMED")], before.Events.Select(one => (one.Sequence, one.Status)));
        Assert.Equal([$"{booking.Id}@localhost", $"{booking.Id}-{second}@localhost"], before.Events.Select(one => one.Uid));

        await CancelAsync(cancel => cancel.DateAsync(booking.Id, first, Token));

        var after = await ReadAsync(address);
        Assert.Equal([(1, "CANCELLED"), (0, "CONFIRMED")], after.Events.Select(one => (one.Sequence, one.Status)));
        Assert.Equal(before.Events.Select(one => one.Uid), after.Events.Select(one => one.Uid));
        Assert.Null(after.Name);
    }

    [Fact]
    public async Task StaffPages_OfTwoDates_NameBoth()
    {
        var (world, first, second, booking) = await BookedAsync("or13");
        await CancelAsync(cancel => cancel.DateAsync(booking.Id, second, Token));
        var browser = await app.BrowseAsStaffAsync();

        var list = await browser.GetAsync($"/staff/bookings?q={booking.Reference}");
        var details = await browser.GetAsync($"/staff/bookings/{booking.Reference}");
        var firstDate = await browser.GetAsync($"/staff/dates/{first}");
        var secondDate = await browser.GetAsync($"/staff/dates/{second}");

        Assert.Contains(", and 1 more date", list.Main);
        Assert.Contains("Invoice: £110.00, no payment recorded here", details.Main);
        Assert.Equal(4, details.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("Invoice: £110.00, no payment recorded here (2 places)", firstDate.Main);
        Assert.Contains("Cancelled places", secondDate.Main);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);

    private static DateRequest Line(Guid run, int pence, params string[] delegates) =>
        new(run, pence, [.. delegates.Select(email => new TrainingHub.Bookings.Delegate(char.ToUpperInvariant(email[0]) + email[1..3], email, null))]);

    /// <summary>Two people on two dates, by invoice.</summary>
    private async Task<(BookingWorld World, Guid First, Guid Second, BookedBooking Booking)> BookedAsync(string host)
    {
        var world = await WorldAsync();
        var (first, second) = (await world.RunAsync(capacity: 5), await world.RunAsync(capacity: 5, TimeSpan.FromDays(60)));
        var outcome = await world.BookPlace.RunAsync(world.Request([first, second], $"ann@{host}.example", $"ben@{host}.example"), Token);
        return (world, first, second, outcome.Booking!);
    }

    private Task<CancelResult> CancelAsync(Func<CancelBooking, Task<CancelResult>> act) => app.WithAsync(act);

    private Task<Guid> PlaceAsync(BookingWorld world, BookedBooking booking, Guid run, string name) => app.WithAsync<TrainingHubDb, Guid>(
        db => Task.FromResult(db.Places.Single(place => place.BookingId == booking.Id && place.RunId == run && place.DelegateName == name).Id));

    private static Task<string> SubjectAsync(BookingWorld world, BookedBooking booking, string to) =>
        world.TextAsync("select subject from outgoing_emails where about = $1 and to_address = $2", booking.Reference, to);

    /// <summary>The dates that an email lists and who is on each; nothing when it is about one date.</summary>
    private static Task<string> DatesAsync(BookingWorld world, BookedBooking booking, string to) => world.TextAsync(
        """
        select coalesce(string_agg(number || ': ' || (select coalesce(string_agg(name, ', '), '') from jsonb_array_elements_text(date -> 'People') name), '; ' order by number), '')
        from outgoing_emails
        cross join lateral jsonb_array_elements(case jsonb_typeof(model -> 'Dates') when 'array' then model -> 'Dates' else '[]' end) with ordinality as dates (date, number)
        where about = $1 and to_address = $2
        """, booking.Reference, to);

    private async Task<ReadCalendar> ReadAsync(string address) => await CalendarReader.ReadAsync((await app.Browse().GetAsync(address)).Text);
}
