using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Dates whose booking closes before they begin.</summary>
public sealed class ClosingTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BookPlace_BeforeAndAtTheClosing_BooksAndRefuses()
    {
        var world = await WorldAsync();
        var run = await world.ClosingRunAsync(capacity: 5, Day, startsIn: 3 * Day);
        app.Clock.Advance(2 * Day - TimeSpan.FromSeconds(1));

        Assert.Equal(BookPlaceResult.Booked, (await world.BookPlace.RunAsync(world.Request(run, "one@c1.example"), Token)).Result);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var refused = await world.BookPlace.RunAsync(world.Request(run, "two@c1.example"), Token);

        Assert.Equal((BookPlaceResult.RunClosed, run), (refused.Result, refused.RunId));
        Assert.Equal(1, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task Pages_ClosedWhileTyping_SaySoAndKeepWhatWasTyped()
    {
        var world = await WorldAsync();
        var run = await world.ClosingRunAsync(capacity: 5, Day, startsIn: Day + TimeSpan.FromHours(2));
        var other = await world.RunAsync(capacity: 5, startsIn: 20 * Day);
        var browser = app.Browse();
        var check = await world.ToCheckAsync(browser, run, "Ann Able|ann@c2.example");
        app.Clock.Advance(TimeSpan.FromHours(2));

        var refused = await check.SubmitAsync();
        Assert.Equal("Booking has closed", refused.Heading);
        Assert.Contains("booking closed on", refused.Main);
        Assert.Contains("We have kept what you typed for another date.", refused.Main);
        var elsewhere = await browser.GetAsync(refused.Find($"a[href*='{other}']").GetAttribute("href")!);
        Assert.Equal("Ann Able", elsewhere.Find("#People_0__Name").GetAttribute("value"));

        var date = await app.Browse().GetAsync($"/dates/{run}");
        Assert.Contains("Booking has closed.", date.Main);
        Assert.Empty(date.Document.QuerySelectorAll($"a[href*='{run}/book'], a[href*='{run}/wait']"));
        var course = await app.Browse().GetAsync(date.Find("main p a[href*='/courses/']").GetAttribute("href")!);
        Assert.Contains("Booking has closed", course.Main);
        Assert.Contains("SoldOut", course.Document.QuerySelector("script[type='application/ld+json']")!.TextContent);
    }

    [Fact]
    public async Task Api_ClosedDate_OffersNoPlaces()
    {
        var world = await WorldAsync();
        var run = await world.ClosingRunAsync(capacity: 5, Day, startsIn: 3 * Day);
        app.Clock.Advance(2 * Day);

        using var answer = System.Text.Json.JsonDocument.Parse((await app.Browse().GetAsync("/api/v1/dates")).Text);
        var date = answer.RootElement.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == run);

        Assert.Equal(0, date.GetProperty("placesLeft").GetInt32());
        Assert.Equal(app.Clock.Now, date.GetProperty("bookingClosesAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task WaitingList_Closed_TakesNobodyAndTheCoordinatorSeesWhatIsFree()
    {
        var world = await WorldAsync();
        var run = await world.ClosingRunAsync(capacity: 1, Day, startsIn: 3 * Day);
        var booking = await world.BookAsync(run, "one@c3.example");
        await app.Given.WaitingAsync(run, "Willa Waits", "willa@c3.example");
        app.Clock.Advance(2 * Day);
        await app.WithAsync<CancelBooking, object>(async cancel => await cancel.RunAsync(booking.Id, Token));

        var wait = await app.Browse().GetAsync($"/dates/{run}/wait");
        var staff = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/waiting-lists");

        Assert.Equal("Booking has closed", wait.Heading);
        Assert.Contains("1 place left now. Booking has closed: a place that becomes free goes to nobody.", staff.Main);
        Assert.Equal(0, await world.CountAsync("select count(*) from outgoing_emails where to_address = 'willa@c3.example'"));
    }

    [Fact]
    public async Task SwapAndConfirm_AfterTheClosing_AreNoBookings()
    {
        var world = await WorldAsync();
        var run = await world.ClosingRunAsync(capacity: 2, Day, startsIn: 3 * Day);
        var held = await world.BookByCardAsync(run, "one@c4.example");
        await app.WithAsync<ReleaseHold, bool>(release => release.RunAsync(held.Id, app.Clock.Now, Token));
        var booking = await world.BookAsync(run, "two@c4.example");
        app.Clock.Advance(2 * Day);
        var place = await app.WithAsync<TrainingHubDb, Guid>(db => db.Places.Where(one => one.BookingId == booking.Id).Select(one => one.Id).SingleAsync(Token));

        var seated = await app.WithAsync<TrainingHubDb, bool>(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Token);
            var again = await PlaceSeats.TrySeatAgainAsync(db, held.Id, app.Clock.Now, Token);
            await transaction.CommitAsync(Token);
            return again;
        });
        var page = await (await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference))).Browser.GetAsync(BookingUrls.Swap(booking.Reference, place));

        Assert.True(seated);
        Assert.Equal(System.Net.HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public async Task ChooseDate_ThatHasClosed_IsRefused()
    {
        var world = await WorldAsync();
        var (from, closed) = (await world.RunAsync(capacity: 2), await world.ClosingRunAsync(capacity: 2, 5 * Day, startsIn: 6 * Day));
        var booking = await world.BookAsync(from, "one@c5.example");
        await world.ExecuteAsync("update course_runs set moved_at = $2 where id = $1", from, app.Clock.Now.AddHours(1));
        app.Clock.Advance(2 * Day);

        Assert.Equal(ChooseDateResult.Full, await app.WithAsync<ChooseDate, ChooseDateResult>(choose => choose.RunAsync(booking.Id, from, closed, Token)));
        Assert.Equal(1, await world.PlacesTakenAsync(from));
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
