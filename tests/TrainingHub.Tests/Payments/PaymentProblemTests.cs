using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Money and places disagree: nothing is lost, nothing is silent, and the ledgers stay equal.</summary>
public sealed class PaymentProblemTests(PayApp app) : IClassFixture<PayApp>
{
    private const string ToCoordinator = "payment-needs-attention to training@partnership.example";

    [Fact]
    public async Task PaidLate_DateIsFull_RefundsAndTellsBoth()
    {
        var run = await app.RunAsync(capacity: 2);
        var (late, checkout) = await LapsedAsync(run);
        await app.HeldAsync(run, places: 2);

        await PayLateAsync(checkout);

        Assert.Equal(BookingState.Expired, (await app.BookingAsync(late)).State);
        Assert.Equal(PaymentProblem.PaidLateAndFull, (await app.PaymentAsync(late)).Problem);
        Assert.Equal(11000, await app.PaidPenceAsync(late));
        Assert.Equal(RefundState.Due, Assert.Single(await app.RefundsAsync(late)).State);
        await app.RunJobAsync(nameof(SendRefunds));
        Assert.Equal(0, await app.PaidPenceAsync(late));
        Assert.Equal(2, await app.World.LivePlacesAsync(run));
        Assert.False((await app.PaymentAsync(late)).NeedsAttention);
        var emails = await app.EmailsAsync(late);
        Assert.Contains("payment-returned to bea@school.example", emails);
        Assert.Contains("refund-made to bea@school.example", emails);
        Assert.Contains(ToCoordinator, emails);
        await app.CheckAsync();
    }

    [Fact]
    public async Task PaidLate_PlaceIsFree_SeatsAgain()
    {
        var run = await app.RunAsync(capacity: 2);
        var (late, checkout) = await LapsedAsync(run);

        await PayLateAsync(checkout);

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(late)).State);
        Assert.Equal(2, await app.World.LivePlacesAsync(run));
        Assert.Null((await app.PaymentAsync(late)).Problem);
        await app.CheckAsync();
    }

    [Fact]
    public async Task PaidTwice_ByTwoCheckouts_RefundsTheSecond()
    {
        var booking = await app.HeldAsync();
        var first = await app.CheckoutAsync(booking);
        await ForgetCheckoutAsync(booking);
        var second = await app.CheckoutAsync(booking);
        app.Stripe.Pay(second);
        await app.RingAsync(second);
        app.Stripe.Pay(first);
        await app.RingAsync(first);

        await app.RunJobAsync(nameof(SendRefunds));

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        Assert.Equal([PaymentProblem.NotOwed, null], (await app.PaymentsAsync(booking)).Select(payment => payment.Problem));
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task CancelledWhilePaying_Money_GoesBack()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking, Token));
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);

        await app.RunJobAsync(nameof(SendRefunds));

        Assert.Equal(BookingState.Cancelled, (await app.BookingAsync(booking)).State);
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task AmountTooSmall_Booking_WaitsForTheCoordinator()
    {
        var booking = await PaidWronglyAsync(100, "gbp");

        var payment = await app.PaymentAsync(booking);
        Assert.Equal((PaymentProblem.AmountDiffers, true, 100), (payment.Problem, payment.NeedsAttention, await app.PaidPenceAsync(booking)));
        Assert.Equal((BookingState.Held, null), ((await app.BookingAsync(booking)).State, (await app.BookingAsync(booking)).HeldUntil));
        Assert.Contains(ToCoordinator, await app.EmailsAsync(booking));
        Assert.Equal(StartPaymentResult.UnderReview, (await app.StartAsync(booking)).Result);
        await app.CheckAsync();

        await RefundAsync(payment, 100);
        Assert.Equal(BookingState.Expired, (await app.BookingAsync(booking)).State);
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task AmountTooLarge_Booking_IsConfirmedAndTheRestIsDecided()
    {
        var booking = await PaidWronglyAsync(12000, "gbp");

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        var payment = await app.PaymentAsync(booking);
        Assert.Equal(PaymentProblem.AmountDiffers, payment.Problem);
        await app.CheckAsync();

        await RefundAsync(payment, 1000);
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        Assert.False((await app.PaymentAsync(booking)).NeedsAttention);
        await app.CheckAsync();
    }

    [Fact]
    public async Task ForeignCurrency_Money_IsShownButNotInTheLedger()
    {
        var booking = await PaidWronglyAsync(11000, "eur");

        var payment = await app.PaymentAsync(booking);
        Assert.Equal((PaymentProblem.CurrencyDiffers, "eur", 11000), (payment.Problem, payment.ReceivedCurrency, payment.ReceivedAmount));
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        Assert.Equal(BookingState.Held, (await app.BookingAsync(booking)).State);
        await app.CheckAsync();

        await RefundAsync(payment, 11000);
        Assert.Equal(BookingState.Expired, (await app.BookingAsync(booking)).State);
        Assert.Equal(0, app.Stripe.Ledger.Where(entry => entry.Currency == "eur").Sum(entry => entry.AmountPence));
        await app.CheckAsync();
    }

    [Fact]
    public async Task CancelledAfterPayment_Money_ComesBeforeTheCoordinatorOnce()
    {
        var booking = await PaidAsync();
        await app.CancelForLaterAsync(booking);
        var unseen = await TrainingHub.Reporting.Audit.RunAsync(app.Database, app.Clock.Now.AddMinutes(16), Token);
        Assert.Single(unseen, line => line.Broken > 0 && line.Invariant.StartsWith("Money received by card", StringComparison.Ordinal));

        await app.RunJobAsync(nameof(FlagCancelledPayments));
        await app.RunJobAsync(nameof(FlagCancelledPayments));

        var payment = await app.PaymentAsync(booking);
        Assert.Equal((PaymentProblem.PlacesCancelled, true), (payment.Problem, payment.NeedsAttention));
        Assert.Single(await app.EmailsAsync(booking), email => email == ToCoordinator);
        await app.CheckAsync();

        Assert.Equal(DecidePaymentResult.Done, await DecideAsync(decide => decide.KeepAsync(payment.Id, 11000, "Kept under the terms", new(Staff, "Ann Coordinator"), Token)));
        Assert.Equal(0, await app.RunJobAsync(nameof(FlagCancelledPayments)));
        await app.CheckAsync();
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/payments/{payment.Id}");
        var entry = Assert.Single(page.All(".app-history__entry"));
        Assert.StartsWith("Dealt with by Training coordinator", entry, StringComparison.Ordinal);
        Assert.Contains("Left over: £110 → nothing", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refund_AskedTwentyTimesAtOnce_IsMadeOnce()
    {
        var booking = await PaidAsync();
        await app.CancelForLaterAsync(booking);
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        var payment = await app.PaymentAsync(booking);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => DecideAsync(decide => decide.RefundAsync(payment.Id, 11000, new(Staff, "Ann Coordinator"), Token)))));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => app.RunJobAsync(nameof(SendRefunds)))));

        Assert.Single(results, result => result == DecidePaymentResult.Done);
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        Assert.Single(await app.EmailsAsync(booking), email => email.StartsWith("refund-made", StringComparison.Ordinal));
        await app.CheckAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Guid Staff { get; set; }

    private async Task<DecidePaymentResult> DecideAsync(Func<DecidePayment, Task<DecidePaymentResult>> act)
    {
        Staff = await app.StaffAsync();
        return await app.WithAsync(act);
    }

    private async Task RefundAsync(Payment payment, int amount)
    {
        Assert.Equal(DecidePaymentResult.Changed, await DecideAsync(decide => decide.RefundAsync(payment.Id, amount + 1, new(Staff, "Ann Coordinator"), Token)));
        Assert.Equal(DecidePaymentResult.Done, await DecideAsync(decide => decide.RefundAsync(payment.Id, amount, new(Staff, "Ann Coordinator"), Token)));
        Assert.Equal(DecidePaymentResult.Changed, await DecideAsync(decide => decide.RefundAsync(payment.Id, amount, new(Staff, "Ann Coordinator"), Token)));
        await app.RunJobAsync(nameof(SendRefunds));
    }

    private async Task<Guid> PaidAsync()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return booking;
    }

    private async Task<Guid> PaidWronglyAsync(long amount, string currency)
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Falsify(checkout, amount, currency);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return booking;
    }

    /// <summary>
    /// A booking whose hold was released although its checkout can still be paid, as when Stripe says late what it knew early.
    /// </summary>
    private async Task<(Guid Booking, string Checkout)> LapsedAsync(Guid run)
    {
        var booking = await app.HeldAsync(run);
        var checkout = await app.CheckoutAsync(booking);
        await app.World.ExecuteAsync("update payments set state = 'Expired' where booking_id = $1", booking);
        app.Clock.Advance(TimeSpan.FromMinutes(36));
        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));
        Assert.Equal(BookingState.Expired, (await app.BookingAsync(booking)).State);
        return (booking, checkout);
    }

    private async Task PayLateAsync(string checkout)
    {
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
    }

    /// <summary>Makes the site take the open checkout for closed, so that it opens another one.</summary>
    private Task ForgetCheckoutAsync(Guid booking) => app.World.ExecuteAsync("update payments set state = 'Expired' where booking_id = $1", booking);
}
