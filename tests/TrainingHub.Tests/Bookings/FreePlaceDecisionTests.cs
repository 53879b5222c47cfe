using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

public sealed class FreePlaceDecisionTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Book_ApplyForAFreePlace_HoldsAtNoPrice()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var organisation = await world.ToOrganisationAsync(app.Browse(), run, "Ann Able|ann@f1.example");
        var payment = await organisation.SubmitAsync(world.FillOrganisation);
        var check = await payment.SubmitAsync(form =>
        {
            form["Form.By"] = "FreePlace";
            form["Form.Applicant"] = "UnregisteredCharity";
            form["Form.About"] = "We run a toddler group.";
        });

        var done = await check.SubmitAsync();

        Assert.Equal("We are holding your places", done.Heading);
        Assert.Equal(0, await world.CountAsync("select sum(price_pence) from places where run_id = $1 and state = 'Held'", run));
        Assert.Equal(1, await world.CountAsync(
            "select count(*) from bookings join places on booking_id = bookings.id where reference = $1 and held_until is null and price_rule = 'Free place for charities and CICs'",
            done.Address[^8..]));
    }

    [Fact]
    public async Task Approve_Pending_ConfirmsOnceAtNoPrice()
    {
        var world = await WorldAsync();
        var booking = await ApplyAsync(world, await world.RunAsync(capacity: 10), "ann@f2.example");
        var (application, staff) = (await ApplicationAsync(booking), await world.StaffAsync());

        Assert.Equal(DecideResult.Decided, await ApproveAsync(application, staff));
        Assert.Equal(DecideResult.NotPending, await ApproveAsync(application, staff));
        Assert.Equal(DecideResult.NotPending, await DeclineAsync(application, staff));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "free-place-approved"));
        Assert.Equal(1, await world.CountAsync("select count(*) from bookings where id = $1 and state = 'Confirmed'", booking.Id));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/bookings/{booking.Reference}");
        Assert.StartsWith("Free place approved by Cora Coordinator", Assert.Single(page.All(".app-history__entry")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decline_ThenInvoice_ConfirmsAtTheNormalPrice()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var booking = await ApplyAsync(world, run, "ann@f3.example");
        await DeclineAsync(await ApplicationAsync(booking), await world.StaffAsync());
        var browser = app.Browse();
        await browser.GetAsync(await world.PrivateLinkAsync(booking.Reference));

        var form = await browser.GetAsync($"/bookings/{booking.Reference}/payment");
        var refused = await form.SubmitAsync();
        var done = await form.SubmitAsync(fields => (fields["Form.By"], fields["Form.InvoiceEmail"]) = ("Invoice", "finance@f3.example"));

        Assert.Equal(["Select how you want to pay"], refused.Errors);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal(5500, await world.CountAsync("select price_pence from places where run_id = $1", run));
        Assert.Equal(1, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task Decline_NobodyChooses_ReleasesWhenTheTimeIsOver()
    {
        await using var later = new TestApp(app.ConnectionString);
        var world = await BookingWorld.MakeAsync(later.Database, later.Clock);
        var run = await world.RunAsync(capacity: 10);
        var booking = await ApplyAsync(world, run, "ann@f4.example");
        await later.WithAsync<DecideFreePlace, DecideResult>(
            async decide => await decide.DeclineAsync(await ApplicationAsync(booking), "Not a charity", new(await world.StaffAsync(), "Ann Coordinator"), Token));

        later.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await later.RunJobAsync("ReleaseUndecidedHolds"));
        later.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await later.RunJobAsync("ReleaseUndecidedHolds"));
        Assert.Equal(0, await later.RunJobAsync("ReleaseUndecidedHolds"));
        Assert.Equal(0, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task Cancel_Pending_WithdrawsTheApplication()
    {
        var world = await WorldAsync();
        var booking = await ApplyAsync(world, await world.RunAsync(capacity: 10), "ann@f5.example");

        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking.Id, Token));

        Assert.Equal(DecideResult.NotPending, await ApproveAsync(await ApplicationAsync(booking), await world.StaffAsync()));
    }

    [Theory]
    [InlineData(30, 7 * 24)]
    [InlineData(8, 6 * 24)]
    [InlineData(2, 4)]
    public void FreePlaceHold_Until_LeavesTheLastTwoDaysToOthers(int daysToCourse, int hoursHeld)
    {
        var now = TestClock.Start;

        Assert.Equal(now.AddHours(hoursHeld), FreePlaceHold.Until(now, now.AddDays(daysToCourse)));
    }

    [Fact]
    public void FreePlaceHold_CourseBeginsInAnHour_EndsWithItsStart()
    {
        var now = TestClock.Start;

        Assert.Equal(now.AddHours(1), FreePlaceHold.Until(now, now.AddHours(1)));
    }

    private static async Task<BookedBooking> ApplyAsync(BookingWorld world, Guid run, string email)
    {
        var request = world.Request(run, email) with
        {
            Method = PaymentMethod.FreePlace,
            FreePlace = new(FreePlaceApplicant.CommunityInterestCompany, null, "A toddler group"),
        };
        return (await world.BookPlace.RunAsync(request, Token)).Booking!;
    }

    private async Task<Guid> ApplicationAsync(BookedBooking booking)
    {
        await using var command = app.Database.CreateCommand("select free_place_application_id from bookings where id = $1");
        command.Parameters.AddWithValue(booking.Id);
        return (Guid)(await command.ExecuteScalarAsync(Token))!;
    }

    private Task<DecideResult> ApproveAsync(Guid application, Guid staff) =>
        app.WithAsync<DecideFreePlace, DecideResult>(decide => decide.ApproveAsync(application, new(staff, "Ann Coordinator"), Token));

    private Task<DecideResult> DeclineAsync(Guid application, Guid staff) =>
        app.WithAsync<DecideFreePlace, DecideResult>(decide => decide.DeclineAsync(application, "Not a charity", new(staff, "Ann Coordinator"), Token));

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
