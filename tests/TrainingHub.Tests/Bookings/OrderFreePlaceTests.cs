using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>One application for free places on two dates: one decision for all that is still to come.</summary>
public sealed class OrderFreePlaceTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Approve_TwoDates_ConfirmsBoth()
    {
        var (world, first, second, booking, application) = await AppliedAsync("fo1");

        Assert.Equal(DecideResult.Decided, await ApproveAsync(world, application));

        Assert.Equal((1, 1), (await ConfirmedAsync(world, first), await ConfirmedAsync(world, second)));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "free-place-approved"));
    }

    [Fact]
    public async Task Decline_TwoDatesThenInvoice_ChargesEachDatesPriceAndHoldsUntilBeforeTheFirst()
    {
        var (world, _, _, booking, application) = await AppliedAsync("fo2", secondFee: 8000);

        Assert.Equal(DecideResult.Decided, await DeclineAsync(world, application));

        Assert.Equal("£135 (2 places)", await world.TextAsync(
            "select model ->> 'Price' from outgoing_emails where about = $1 and kind = 'free-place-declined'", booking.Reference));
        var browser = app.Browse();
        await browser.GetAsync(await world.PrivateLinkAsync(booking.Reference));
        var form = await browser.GetAsync($"/bookings/{booking.Reference}/payment");
        Assert.Contains("To pay: £135 (2 places). Fee of this course, Fee of this date.", form.Main);
        var done = await form.SubmitAsync(fields => (fields["Form.By"], fields["Form.InvoiceEmail"]) = ("Invoice", "finance@fo2.example"));
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal(13500, await world.CountAsync("select sum(price_pence) from places where booking_id = $1 and state = 'Confirmed'", booking.Id));
    }

    [Fact]
    public async Task Lapse_FirstDateBegins_ReleasesItAndKeepsWaitingForTheOther()
    {
        var (world, first, second, booking, application) = await AppliedAsync("fo3");
        app.Clock.Advance(TimeSpan.FromHours(1));

        // Applications of other tests may lapse with it.
        Assert.NotEqual(0, await app.RunJobAsync(nameof(LapseApplications)));
        Assert.Equal(0, await app.RunJobAsync(nameof(LapseApplications)));

        Assert.Equal((0, 1), (await world.LivePlacesAsync(first), await world.LivePlacesAsync(second)));
        Assert.Equal("Pending", await StateAsync(world, application));
        Assert.Equal(1, await world.CountAsync(
            "select count(*) from outgoing_emails where about = $1 and kind = 'free-place-lapsed' and jsonb_array_length(model -> 'StillHeld') = 1", booking.Reference));
        Assert.Equal(DecideResult.Decided, await ApproveAsync(world, application));
        Assert.Equal((0, 1), (await ConfirmedAsync(world, first), await ConfirmedAsync(world, second)));
    }

    [Fact]
    public async Task Decide_FirstDateHasBegunAndTheJobIsLate_IsAboutTheOther()
    {
        var (world, first, second, _, application) = await AppliedAsync("fo4");
        app.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(DecideResult.Decided, await ApproveAsync(world, application));

        Assert.Equal((0, 1), (await world.LivePlacesAsync(first), await ConfirmedAsync(world, second)));
        Assert.Equal((0, 1), (await world.PlacesTakenAsync(first), await world.PlacesTakenAsync(second)));
    }

    [Fact]
    public async Task Lapse_BothDatesBegin_EndsTheApplication()
    {
        var (world, first, second, booking, application) = await AppliedAsync("fo5");
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunJobAsync(nameof(LapseApplications));
        app.Clock.Advance(TimeSpan.FromHours(1));

        await app.RunJobAsync(nameof(LapseApplications));

        Assert.Equal((0, 0), (await world.LivePlacesAsync(first), await world.LivePlacesAsync(second)));
        Assert.Equal("Lapsed", await StateAsync(world, application));
        Assert.Equal(2, await world.SentAsync(booking.Reference, "free-place-lapsed"));
    }

    [Fact]
    public async Task StaffPage_PendingForTwoDates_NamesBothAndThePlacesLeft()
    {
        var (_, _, _, booking, _) = await AppliedAsync("fo6");
        var browser = await app.BrowseAsStaffAsync();

        var page = await browser.GetAsync(BookingUrls.StaffFreePlaces);

        var card = page.All("li.app-card").Single(words => words.Contains(booking.Reference, StringComparison.Ordinal));
        Assert.Equal(2, card.Split("1 place. 4 of 5 places left").Length - 1);
        Assert.Contains("2 places", card);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One person on a date in an hour and on one in two.</summary>
    private async Task<(BookingWorld World, Guid First, Guid Second, BookedBooking Booking, Guid Application)> AppliedAsync(string host, int? secondFee = null)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (first, second) = (await world.RunAsync(capacity: 5, TimeSpan.FromHours(1)), await world.RunAsync(capacity: 5, TimeSpan.FromHours(2), secondFee));
        var coming = new TrainingHub.Bookings.Delegate("Ann Able", $"ann@{host}.example", null);
        var request = world.Request(first) with
        {
            Dates = [new(first, 5500, [coming]), new(second, secondFee ?? 5500, [coming])],
            Method = PaymentMethod.FreePlace,
            InvoiceEmail = null,
            FreePlace = new(FreePlaceApplicant.RegisteredCharity, "1234567", "We run a toddler group."),
        };
        var booking = (await world.BookPlace.RunAsync(request, Token)).Booking!;
        var application = await app.WithAsync<TrainingHubDb, Guid>(
            db => Task.FromResult(db.Bookings.Single(one => one.Id == booking.Id).FreePlaceApplicationId!.Value));
        return (world, first, second, booking, application);
    }

    private async Task<DecideResult> ApproveAsync(BookingWorld world, Guid application)
    {
        var staff = await world.StaffAsync();
        return await app.WithAsync<DecideFreePlace, DecideResult>(decide => decide.ApproveAsync(application, new(staff, "Ann Coordinator"), Token));
    }

    private async Task<DecideResult> DeclineAsync(BookingWorld world, Guid application)
    {
        var staff = await world.StaffAsync();
        return await app.WithAsync<DecideFreePlace, DecideResult>(decide => decide.DeclineAsync(application, "Your income is above the limit", new(staff, "Ann Coordinator"), Token));
    }

    private static Task<string> StateAsync(BookingWorld world, Guid application) =>
        world.TextAsync("select state from free_place_applications where id = $1", application);

    private static Task<int> ConfirmedAsync(BookingWorld world, Guid run) =>
        world.CountAsync("select count(*) from places where run_id = $1 and state = 'Confirmed'", run);
}
