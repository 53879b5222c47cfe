using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>What the policy says stays due, and the rest goes back by itself: never another sum than was shown, and never twice.</summary>
public sealed class CancellationMoneyTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CancelByCard_InTime_GivesAllBackByItselfOnce()
    {
        var booking = await app.PaidAsync(await app.RunAsync(capacity: 10));

        Assert.Equal(CancelResult.Cancelled, await app.CancelAsync(booking, shownPence: 0));
        await app.GiveBackAsync();
        await app.GiveBackAsync();

        Assert.Equal(11000, Assert.Single(await app.RefundsAsync(booking)).AmountPence);
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        Assert.Contains("refund-made to bea@school.example", await app.EmailsAsync(booking));
        Assert.Null((await app.PaymentAsync(booking)).Problem);
        await app.CheckAsync();
    }

    [Fact]
    public async Task CancelByCard_Late_GivesHalfBackAndNobodyHasToDecide()
    {
        var run = await app.RunAsync(capacity: 10);
        var booking = await app.PaidAsync(run);
        await app.ToPercentAsync(run, 50);

        Assert.Equal(CancelResult.Cancelled, await app.CancelAsync(booking, shownPence: 5500));
        await app.GiveBackAsync();

        Assert.Equal(5500, await app.PaidPenceAsync(booking));
        Assert.Equal(0, await app.RunJobAsync(nameof(FlagCancelledPayments)));
        Assert.Equal([(ChargeState.Raised, 2750), (ChargeState.Raised, 2750)], await app.ChargesAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task CancelByCard_OnePlaceOnTheLastDays_KeepsItAllAndTheOtherPlace()
    {
        var run = await app.RunAsync(capacity: 10);
        var booking = await app.PaidAsync(run);
        await app.ToPercentAsync(run, 100);
        var place = await app.PlaceAsync(booking);

        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking, place, Token, shownPence: 5500));
        await app.GiveBackAsync();

        Assert.Empty(await app.RefundsAsync(booking));
        Assert.Equal(0, await app.RunJobAsync(nameof(FlagCancelledPayments)));
        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        await app.CheckAsync();

        Assert.Equal(CancelResult.Cancelled, await app.CancelAsync(booking, shownPence: 5500));
        await app.GiveBackAsync();
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Cancel_AtTheSecondOfTheBoundary_IsAskedAgainWithTheNewSum()
    {
        var run = await app.RunAsync(capacity: 10);
        var booking = await app.PaidAsync(run);
        var terms = await app.TermsAsync(run);
        app.Clock.MoveTo(terms.Steps[0].Until.AddMinutes(-1));
        var page = await CancelPageAsync(booking);
        Assert.Contains("£110 goes back to the card or account that paid.", page.Main, StringComparison.Ordinal);
        app.Clock.MoveTo(terms.Steps[0].Until);

        var again = await page.SubmitAsync();

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        Assert.Empty(await app.ChargesAsync(booking));
        Assert.Contains("Nothing is cancelled yet", again.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("£55 goes back to the card or account that paid.", again.Main, StringComparison.Ordinal);
        Assert.Contains("£55 is not paid back", again.Main, StringComparison.Ordinal);

        await again.SubmitAsync();
        await app.GiveBackAsync();
        Assert.Equal(5500, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Theory]
    [InlineData(3000, false, "£80 goes back to the card or account that paid. You need not ask. What has gone back to you before is taken off.", 0)]
    [InlineData(3000, true, "£25 goes back to the card or account that paid. You need not ask. By the cancellation policy that you accepted, £55 is not paid back, all places together. What has gone back to you before is taken off.", 5500)]
    [InlineData(11000, false, "Nothing more comes back: what was paid has gone back before.", 0)]
    public async Task Cancel_PartWentBackBefore_SaysWhatReallyComesBack(int before, bool isLate, string words, int kept)
    {
        var run = await app.RunAsync(capacity: 10);
        var booking = await app.PaidAsync(run);
        await app.RingAsync(app.Stripe.RefundInDashboard((await app.PaymentAsync(booking)).PaymentIntentId ?? "", before));
        if (isLate)
        {
            await app.ToPercentAsync(run, 50);
        }

        var page = await CancelPageAsync(booking);
        await page.SubmitAsync();
        await app.GiveBackAsync();

        Assert.Contains(words, page.Main, StringComparison.Ordinal);
        Assert.Equal(kept, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    // The first place has nothing left of its £55, the second £39.99: the order needs that for the first.
    [Fact]
    public async Task CancelOnePlace_MoreThanItsPriceWentBackBefore_SaysThatNothingComesBack()
    {
        var booking = await app.PaidAsync(await app.RunAsync(capacity: 10));
        await app.RingAsync(app.Stripe.RefundInDashboard((await app.PaymentAsync(booking)).PaymentIntentId ?? "", 7001));
        var places = await app.WithAsync((TrainingHubDb db) => db.Places.Where(place => place.BookingId == booking).OrderBy(place => place.Id).ToListAsync(Token));

        var sums = await app.WithAsync(async (TrainingHubDb db) => await CancelSums.ReadAsync(
            db, await db.Bookings.SingleAsync(one => one.Id == booking, Token), [places[1]], app.Clock.Now, Token));
        await app.WithAsync((CancelBooking cancel) => cancel.RunAsync(booking, places[1].Id, Token, shownPence: 0));
        await app.GiveBackAsync();

        Assert.Equal((0, true), (sums.BackPence, sums.IsPartGone));
        Assert.Equal(3999, await app.PaidPenceAsync(booking));
    }

    [Fact]
    public async Task Cancel_JustBeforeTheBoundary_CostsWhatWasShown()
    {
        var run = await app.RunAsync(capacity: 10);
        var booking = await app.PaidAsync(run);
        app.Clock.MoveTo((await app.TermsAsync(run)).Steps[0].Until.AddSeconds(-1));

        var page = await CancelPageAsync(booking);
        await page.SubmitAsync();
        await app.GiveBackAsync();

        Assert.Equal(0, await app.PaidPenceAsync(booking));
    }

    [Fact]
    public async Task Cancel_WithoutTheSumThatWasShown_DoesNothing()
    {
        var booking = await app.PaidAsync(await app.RunAsync(capacity: 10));
        var page = await CancelPageAsync(booking);

        await page.SubmitAsync(form => form["due"] = "");

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
    }

    [Fact]
    public async Task Cancel_DateThatWeMovedSince_CostsNothing()
    {
        var run = await app.RunAsync(capacity: 10);
        var booking = await app.PaidAsync(run);
        await app.ToPercentAsync(run, 100);
        await app.WithAsync((TrainingHubDb db) => db.Database.ExecuteSqlAsync($"update course_runs set moved_at = {app.Clock.Now} where id = {run}", Token));

        var page = await CancelPageAsync(booking);
        await page.SubmitAsync();
        await app.GiveBackAsync();

        Assert.Contains("We moved the date after you booked, so cancelling it costs nothing.", page.Main, StringComparison.Ordinal);
        Assert.Equal(0, await app.PaidPenceAsync(booking));
    }

    [Fact]
    public async Task Cancel_PolicyChangedSince_KeepsWhatWasAccepted()
    {
        var run = await app.RunAsync(capacity: 10);
        var booking = await app.PaidAsync(run);
        await app.Given.PolicyAsync(London.DateOf(app.Clock.Now), (60, 90), (0, 100));
        var after = await app.PaidAsync(run);

        Assert.Equal(CancelResult.SumChanged, await app.CancelAsync(after, shownPence: 0));
        Assert.Equal(CancelResult.Cancelled, await app.CancelAsync(booking, shownPence: 0));

        await app.Given.PolicyAsync(London.DateOf(app.Clock.Now), (10, 0), (5, 50), (0, 100));
    }

    [Fact]
    public async Task Waive_AChargeThatWasRaised_GivesTheRestBackAndTellsWhoPaid()
    {
        var run = await app.RunAsync(capacity: 10);
        var booking = await app.PaidAsync(run);
        await app.ToPercentAsync(run, 100);
        await app.CancelAsync(booking, shownPence: 11000);
        await app.GiveBackAsync();
        var charges = await app.WithAsync((TrainingHubDb db) => db.PlaceCharges.Where(charge => charge.BookingId == booking).Select(charge => charge.Id).ToListAsync(Token));

        Assert.Equal(DecideChargeResult.Done, await WaiveAsync(charges[0]));
        Assert.Equal(DecideChargeResult.NotOpen, await WaiveAsync(charges[0]));
        await app.GiveBackAsync();

        Assert.Equal(5500, await app.PaidPenceAsync(booking));
        Assert.Single(await app.EmailsAsync(booking), email => email.StartsWith("charge-gone", StringComparison.Ordinal));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Staff_CancelByThePolicyOrWaive_DecideInTheSameAct()
    {
        var run = await app.RunAsync(capacity: 10);
        var (kept, waived) = (await app.PaidAsync(run), await app.PaidAsync(run));
        await app.ToPercentAsync(run, 50);

        Assert.Equal(CancelPlacesResult.Changed, await StaffCancelAsync(new(kept, null, CancelMoney.Policy, 11000, "On the phone", DuePence: 0)));
        Assert.Equal(CancelPlacesResult.Cancelled, await StaffCancelAsync(new(kept, null, CancelMoney.Policy, 11000, "On the phone", DuePence: 5500)));
        Assert.Equal(CancelPlacesResult.Cancelled, await StaffCancelAsync(new(waived, null, CancelMoney.Refund, 11000, "On the phone", 5500, "Bereavement")));
        app.Clock.Advance(UndoableAct.Hold);
        await app.GiveBackAsync();

        Assert.Equal((5500, 0), (await app.PaidPenceAsync(kept), await app.PaidPenceAsync(waived)));
        Assert.Equal([(ChargeState.Waived, 2750), (ChargeState.Waived, 2750)], await app.ChargesAsync(waived));
        Assert.Equal(0, await app.RunJobAsync(nameof(FlagCancelledPayments)));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Staff_PageOfCancelling_ProposesWhatThePolicySays()
    {
        var run = await app.RunAsync(capacity: 10);
        var booking = await app.PaidAsync(run);
        await app.ToPercentAsync(run, 50);
        var staff = await app.BrowseAsStaffAsync();
        var reference = (await app.BookingAsync(booking)).Reference;

        var page = await staff.GetAsync(BookingUrls.StaffCancel(reference));
        var asked = await page.SubmitAsync(form => (form["Money"], form["Reason"]) = ("Refund", "Asked for it"));
        var done = await asked.SubmitAsync(form => (form["Money"], form["Reason"], form["WaivedFor"]) = ("Refund", "Asked for it", "Illness"));

        Assert.Contains("As the policy says: £55 stays due, £55 goes back", page.Main, StringComparison.Ordinal);
        Assert.Contains("Select why nothing is charged", asked.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("£55 is waived.", done.Document.Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<CancelPlacesResult> StaffCancelAsync(CancelOrder order)
    {
        var staff = await app.StaffAsync();
        return await app.WithAsync<CancelPlaces, CancelPlacesResult>(cancel => cancel.RunAsync(order, new(staff, "Ann Coordinator"), Token));
    }

    private async Task<DecideChargeResult> WaiveAsync(Guid charge)
    {
        var staff = await app.StaffAsync();
        return await app.WithAsync<DecideCharge, DecideChargeResult>(decide => decide.WaiveAsync(charge, "Illness", new(staff, "Ann Coordinator"), Token));
    }

    private async Task<TestPage> CancelPageAsync(Guid booking)
    {
        var browser = app.Browse();
        await browser.GetAsync(BookingUrls.PrivateLink(await app.LinkAsync(Booking.LinkPurpose, booking)));
        return await browser.GetAsync(BookingUrls.Cancel((await app.BookingAsync(booking)).Reference));
    }
}
