using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>A dispute takes its money out of the ledger and a win puts it back, for each place, whatever was heard when.</summary>
public sealed class DisputeTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opened_TheMoneyIsOutAndIsOwedAgain()
    {
        var (booking, intent) = await PaidAsync();

        await app.RingAsync(app.Stripe.Dispute(intent));

        Assert.Equal([(5500, 5500, 5500), (5500, 5500, 5500)], await app.WithAsync((TrainingHubDb db) => db.PlaceMoney
            .Where(money => money.BookingId == booking).Select(money => ValueTuple.Create(money.PaidPence, money.DisputedPence, money.DuePence)).ToListAsync(Ct)));
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        await app.CheckAsync();
    }

    [Theory]
    [InlineData(true, 11000)]
    [InlineData(false, 0)]
    public async Task Closed_BeforeTheOpeningIsHeardOf_EndsAsInOrder(bool isWon, int pence)
    {
        var (booking, intent) = await PaidAsync();
        var dispute = app.Stripe.Dispute(intent);
        app.Stripe.AnswerDispute(dispute);
        app.Stripe.CloseDispute(dispute, isWon);

        foreach (var happened in app.EventsOf(dispute).Reverse().SelectMany(one => Enumerable.Repeat(one, 2)))
        {
            await app.Stripe.Webhooks.SendAsync(happened, Ct);
        }

        Assert.Equal(pence, await app.PaidPenceAsync(booking));
        Assert.Equal(isWon ? 4 : 2, await EntriesAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Opened_ToldOfTenTimesAtOnce_IsEnteredOnce()
    {
        var (booking, intent) = await PaidAsync();
        var dispute = app.Stripe.Dispute(intent);
        app.Stripe.AnswerDispute(dispute);

        await Task.WhenAll(app.EventsOf(dispute).SelectMany(one => Enumerable.Repeat(one, 5)).Select(one => app.Stripe.Webhooks.SendAsync(one, Ct)));

        Assert.Equal(2, await EntriesAsync(booking));
        Assert.Single(await app.EmailsAsync(booking), email => email.StartsWith("payment-needs-attention", StringComparison.Ordinal));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Inquiry_TakesNothingUntilItIsADispute()
    {
        var (booking, intent) = await PaidAsync();
        var inquiry = app.Stripe.Dispute(intent, isInquiry: true);
        await app.RingAsync(inquiry);
        Assert.Equal(11000, await app.PaidPenceAsync(booking));

        app.Stripe.EscalateInquiry(inquiry);
        await app.RingAsync(inquiry);

        Assert.Equal(0, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Inquiry_ClosedWithoutADispute_LeavesNoTraceInTheLedger()
    {
        var (booking, intent) = await PaidAsync();
        var inquiry = app.Stripe.Dispute(intent, isInquiry: true);
        await app.RingAsync(inquiry);

        app.Stripe.CloseDispute(inquiry, isWon: true);
        await app.RingAsync(inquiry);

        Assert.Equal(0, await EntriesAsync(booking));
        Assert.False((await app.PaymentAsync(booking)).NeedsAttention);
        await app.CheckAsync();
    }

    [Fact]
    public async Task PartRefunded_TheRestIsDisputed_NothingIsCountedTwice()
    {
        var (booking, intent) = await PaidAsync();
        await app.RingAsync(app.Stripe.RefundInDashboard(intent, 3000));

        await app.RingAsync(app.Stripe.Dispute(intent));

        Assert.Equal(0, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Lost_PlacesAreCancelled_NothingGoesBackAndNothingWaits()
    {
        var (booking, intent) = await PaidAsync();
        var dispute = app.Stripe.Dispute(intent);
        app.Stripe.CloseDispute(dispute, isWon: false);
        await app.RingAsync(dispute);
        var payment = await app.PaymentAsync(booking);
        await app.CancelForLaterAsync(booking);
        var staff = await app.StaffAsync();

        Assert.Equal(DecidePaymentResult.Done, await app.WithAsync((DecidePayment decide) => decide.KeepAsync(payment.Id, 0, "Places cancelled", new(staff, "Ann Coordinator"), Ct)));
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        await app.RunJobAsync(nameof(RefundCancelledPlaces));

        Assert.Empty(await app.RefundsAsync(booking));
        Assert.False((await app.PaymentAsync(booking)).NeedsAttention);
        await app.CheckAsync();
    }

    [Fact]
    public async Task Won_PlacesWereCancelledMeanwhile_TheMoneyComesBeforeStaff()
    {
        var (booking, intent) = await PaidAsync();
        var dispute = app.Stripe.Dispute(intent);
        await app.RingAsync(dispute);
        await app.CancelForLaterAsync(booking);
        app.Stripe.CloseDispute(dispute, isWon: true);
        await app.RingAsync(dispute);

        await app.RunJobAsync(nameof(FlagCancelledPayments));

        var payment = await app.PaymentAsync(booking);
        Assert.Equal((PaymentProblem.PlacesCancelled, true), (payment.Problem, payment.NeedsAttention));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Disputed_RefundByStaff_IsRefused()
    {
        var (booking, intent) = await OverpaidAsync();
        await app.RingAsync(app.Stripe.Dispute(intent));
        var (payment, staff) = (await app.PaymentAsync(booking), await app.StaffAsync());

        // All of it is with the bank, so there is no sum to ask for; a page from before asks for the one it showed.
        Assert.Equal(DecidePaymentResult.Changed, await app.WithAsync((DecidePayment decide) => decide.RefundAsync(payment.Id, 1000, new(staff, "Ann Coordinator"), Ct)));
        Assert.Empty(await app.RefundsAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task RefundThatWasDue_DisputeCameFirst_FailsAndIsFlagged()
    {
        var (booking, intent) = await OverpaidAsync();
        var (payment, staff) = (await app.PaymentAsync(booking), await app.StaffAsync());
        Assert.Equal(DecidePaymentResult.Done, await app.WithAsync((DecidePayment decide) => decide.RefundAsync(payment.Id, 1000, new(staff, "Ann Coordinator"), Ct)));
        await app.RingAsync(app.Stripe.Dispute(intent));

        await app.RunJobAsync(nameof(SendRefunds));

        var refund = Assert.Single(await app.RefundsAsync(booking));
        Assert.Equal((RefundState.Failed, "Stripe refused: charge_disputed."), (refund.State, refund.Error));
        Assert.True((await app.PaymentAsync(booking)).NeedsAttention);
        await app.CheckAsync();
    }

    [Fact]
    public async Task OldPaidComesLate_OfAnotherCheckout_CountsOnce()
    {
        var booking = await app.HeldAsync();
        var first = await app.CheckoutAsync(booking);
        await app.World.ExecuteAsync("update payments set state = 'Expired' where booking_id = $1", booking);
        var second = await app.CheckoutAsync(booking);
        app.Stripe.Pay(second);
        await app.RingAsync(second);
        var dispute = app.Stripe.Dispute((await app.PaymentsAsync(booking))[1].PaymentIntentId!);
        await app.RingAsync(dispute);
        app.Stripe.Pay(first);
        await app.RingAsync(first);
        await app.RingAsync(second);
        Assert.Equal(11000, await app.PaidPenceAsync(booking));

        app.Stripe.CloseDispute(dispute, isWon: true);
        await app.RingAsync(dispute);
        await app.RunJobAsync(nameof(FlagCancelledPayments));

        Assert.Equal(22000, await app.PaidPenceAsync(booking));
        Assert.Contains(await app.PaymentsAsync(booking), payment => payment.NeedsAttention);
        await app.CheckAsync();
    }

    [Fact]
    public async Task ReceiptAndPaymentPage_SayIt()
    {
        var (booking, reference, browser) = await app.OpenAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        var payment = await app.PaymentAsync(booking);
        var dispute = app.Stripe.Dispute(payment.PaymentIntentId!);
        app.Stripe.CloseDispute(dispute, isWon: true);
        await app.RingAsync(dispute);

        var receipt = await browser.GetAsync(BookingUrls.Receipt(reference));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync(PaymentUrls.StaffPayment(payment.Id));

        Assert.Contains("Taken back by your bank, because you disputed the payment −£110.00", receipt.Main, StringComparison.Ordinal);
        Assert.Contains("Returned by your bank, because the dispute was decided for us £110.00", receipt.Main, StringComparison.Ordinal);
        Assert.Contains("Won. The money is back", page.Main, StringComparison.Ordinal);
    }

    private Task<int> EntriesAsync(Guid booking) =>
        app.World.CountAsync("select count(*) from ledger_entries where booking_id = $1 and kind in ('Disputed', 'DisputeWon')", booking);

    private async Task<(Guid Booking, string Intent)> PaidAsync(long? pence = null)
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        if (pence is { } other)
        {
            app.Stripe.Falsify(checkout, other);
        }

        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return (booking, (await app.PaymentAsync(booking)).PaymentIntentId!);
    }

    private Task<(Guid Booking, string Intent)> OverpaidAsync() => PaidAsync(12000);
}
