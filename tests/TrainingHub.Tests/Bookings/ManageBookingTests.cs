using System.Net;
using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What a booker can see and change with the private link, and what nobody can without it.</summary>
public sealed class ManageBookingTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task PrivateLink_Opened_LeadsToACleanAddress()
    {
        var world = await WorldAsync();
        var booking = await world.BookAsync(await world.RunAsync(capacity: 10), "ann@m1.example");

        var page = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));

        Assert.Equal($"/bookings/{booking.Reference}", page.Address);
        Assert.Contains("Person ann@m1.example", page.Main);
    }

    [Fact]
    public async Task PrivateLink_UnknownOrOutOfDate_IsNotFound()
    {
        var world = await WorldAsync();
        var booking = await world.BookAsync(await world.RunAsync(capacity: 10), "ann@m2.example");
        await world.ExecuteAsync("update secret_links set expires_at = created_at where subject_id = $1", booking.Id);

        var old = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));
        var unknown = await app.Browse().GetAsync("/b/AAAAAAAAAAAAAAAAAAAAAA");

        Assert.Equal((HttpStatusCode.NotFound, "This link does not work"), (old.Status, old.Heading));
        Assert.Equal((HttpStatusCode.NotFound, "This link does not work"), (unknown.Status, unknown.Heading));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/cancel")]
    [InlineData("/payment")]
    [InlineData("/calendar.ics")]
    public async Task Booking_AnothersReference_IsNotFound(string page)
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var own = await world.BookAsync(run, $"own{page.Length}@m3.example");
        var anothers = await world.BookAsync(run, $"other{page.Length}@m3.example");
        var browser = app.Browse();
        await browser.GetAsync(await world.PrivateLinkAsync(own.Reference));

        var refused = await browser.GetAsync($"/bookings/{anothers.Reference}{page}");
        var unknown = await browser.GetAsync($"/bookings/ZZZZZZZZ{page}");

        Assert.Equal((HttpStatusCode.NotFound, "Use the link in your email"), (refused.Status, refused.Heading));
        Assert.Equal(unknown.Main, refused.Main);
    }

    [Fact]
    public async Task Cancel_OnePlace_FreesItAtOnceAndTellsBoth()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var booking = await world.BookAsync(run, "ann@m4.example", "ben@m4.example");
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));

        var asked = await manage.FollowAsync("Cancel the place of Person ben@m4.example");
        var done = await asked.SubmitAsync();
        var again = await asked.SubmitAsync();

        Assert.Equal("Cancel the place of Person ben@m4.example?", asked.Heading);
        Assert.Contains("Cancelled. We have sent an email about it.", done.Main);
        Assert.Contains("It was cancelled before.", again.Main);
        Assert.Equal(1, await world.PlacesTakenAsync(run));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "place-cancelled"));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "your-place-cancelled"));
    }

    [Fact]
    public async Task Cancel_WholeBooking_FreesEveryPlace()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var booking = await world.BookAsync(run, "ann@m12.example", "ben@m12.example");
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));

        var asked = await manage.FollowAsync("Cancel the whole booking");
        var done = await asked.SubmitAsync();

        Assert.Equal("Cancel the whole booking?", asked.Heading);
        Assert.Contains("£110 is no longer due.", asked.Main);
        Assert.Equal("Booking cancelled", done.Heading);
        Assert.Equal(0, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task Manage_SeveralPeople_StandInTheOrderOfBooking()
    {
        var world = await WorldAsync();
        string[] people = [.. Enumerable.Range(0, 10).Select(i => $"{9 - i}@m13.example")];
        var booking = await world.BookAsync(await world.RunAsync(capacity: 10), people);

        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));

        Assert.Equal(people, manage.All("dd .app-break").Where(text => text.EndsWith("@m13.example", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Cancel_LastPlace_EndsTheBooking()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var booking = await world.BookAsync(run, "ann@m5.example");
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));

        var done = await (await manage.FollowAsync("Cancel the place of Person ann@m5.example")).SubmitAsync();

        Assert.Equal("Booking cancelled", done.Heading);
        Assert.Equal(0, await world.PlacesTakenAsync(run));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "booking-cancelled"));
    }

    [Fact]
    public async Task Cancel_TwentyTimesAtOnce_FreesOnce()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var booking = await world.BookAsync(run, "ann@m6.example", "ben@m6.example");
        await world.BookAsync(run, "other@m6.example");

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
            app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking.Id, TestContext.Current.CancellationToken)))));

        Assert.Single(results, CancelResult.Cancelled);
        Assert.Equal(1, await world.PlacesTakenAsync(run));
    }

    /// <summary>The twin: who does not hold the date while they look cancels once more what another is cancelling.</summary>
    [Fact]
    public async Task Cancel_WithoutTheLock_CancelsTwiceWhenTheyMeetAndOnceInSequence()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        // Held ones, because the table lets nobody charge a place twice.
        var (together, after) = (await world.BookByCardAsync(run, "ann@m14.example"), await world.BookByCardAsync(run, "ben@m14.example"));

        await Gate.MeetAsync(app.Database, "places", 2, () => CancelUnlockedAsync(together.Id));
        await CancelUnlockedAsync(after.Id);
        await CancelUnlockedAsync(after.Id);

        Assert.Equal(2, await world.SentAsync(together.Reference, "booking-cancelled"));
        Assert.Equal(1, await world.SentAsync(after.Reference, "booking-cancelled"));
    }

    private Task<CancelResult> CancelUnlockedAsync(Guid booking) => Unguarded.WithoutRowLocksAsync(() =>
        app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking, TestContext.Current.CancellationToken)));

    [Fact]
    public async Task Cancel_CourseHasBegun_IsRefused()
    {
        await using var later = new TestApp(app.ConnectionString);
        var world = await BookingWorld.MakeAsync(later.Database, later.Clock);
        var run = await world.RunAsync(capacity: 10, startsIn: TimeSpan.FromHours(1));
        var booking = await world.BookAsync(run, "ann@m7.example");
        later.Clock.Advance(TimeSpan.FromHours(1));

        var result = await later.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking.Id, TestContext.Current.CancellationToken));

        Assert.Equal(CancelResult.RunStarted, result);
        Assert.Equal(1, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task Swap_FullDate_ChangesThePersonAndNotTheSeats()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 1);
        var booking = await world.BookAsync(run, "ann@m8.example");
        await world.ExecuteAsync("update places set access_needs = 'Large print' where booking_id = $1", booking.Id);
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));

        var form = await manage.FollowAsync("Swap or correct the name of Person ann@m8.example");
        var done = await form.SubmitAsync(fields =>
            (fields["Form.Change"], fields["Form.Name"], fields["Form.Email"]) = ("another", "Cat Clark", "cat@m8.example"));

        Assert.Contains("Cat Clark now has the place of Person ann@m8.example.", done.Main);
        Assert.Equal(1, await world.PlacesTakenAsync(run));
        Assert.Equal(1, await world.CountAsync(
            """
            select count(*) from places join people on people.id = places.person_id
            where booking_id = $1 and email_key = 'cat@m8.example' and delegate_name = 'Cat Clark' and access_needs is null
            """, booking.Id));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "place-for-you"));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "your-place-cancelled"));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "delegate-swapped"));
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
