using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Stripe fails at each step, or the site dies between Stripe's answer and its own commit: nothing is lost, once stays once.</summary>
public sealed class StripeOutageTests(PayApp app) : IClassFixture<PayApp>
{
    [Theory]
    [InlineData(nameof(Fault.DropBefore))]
    [InlineData(nameof(Fault.DropAfter))]
    [InlineData(nameof(Fault.ServerError))]
    public async Task StartPayment_StripeFailsForAWhile_TheSameButtonOpensOneCheckout(string fault)
    {
        var booking = await app.HeldAsync();
        var before = app.Stripe.All("checkout.session").Count;
        app.Stripe.Faults.Always = Enum.Parse<Fault>(fault);
        var down = await app.StartAsync(booking);
        app.Stripe.Faults.Always = null;

        var up = await app.StartAsync(booking);

        Assert.Equal((StartPaymentResult.Unavailable, StartPaymentResult.Pay), (down.Result, up.Result));
        Assert.Equal(before + 1, app.Stripe.All("checkout.session").Count);
        Assert.Equal(1, (await app.PaymentAsync(booking)).Attempt);
        await app.CheckAsync();
    }

    [Fact]
    public async Task StartPayment_DiesBeforeTheCheckoutIsStored_TheNextTryFindsIt()
    {
        var booking = await app.HeldAsync();
        var before = app.Stripe.All("checkout.session").Count;
        await FailOnAsync("before update of checkout_session_id on payments");
        await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync(booking));
        await MendAsync("payments");

        var checkout = await app.CheckoutAsync(booking);

        Assert.Equal(before + 1, app.Stripe.All("checkout.session").Count);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        await app.CheckAsync();
    }

    [Fact]
    public async Task Release_StripeIsDown_KeepsThePlaces()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Clock.Advance(TimeSpan.FromMinutes(36));
        app.Stripe.Faults.Always = Fault.ServerError;
        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));
        Assert.Equal(BookingState.Held, (await app.BookingAsync(booking)).State);

        app.Stripe.Faults.Always = null;
        app.Stripe.Pay(checkout);
        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        await app.CheckAsync();
    }

    [Theory]
    [InlineData(nameof(Fault.DropBefore))]
    [InlineData(nameof(Fault.DropAfter))]
    [InlineData(nameof(Fault.ServerError))]
    public async Task SendRefunds_StripeFailsForAWhile_RefundsOnce(string fault)
    {
        var (booking, _) = await RefundDueAsync();
        app.Stripe.Faults.Always = Enum.Parse<Fault>(fault);
        await app.RunJobAsync(nameof(SendRefunds));
        Assert.Equal(RefundState.Due, Assert.Single(await app.RefundsAsync(booking)).State);
        app.Stripe.Faults.Always = null;

        await app.RunJobAsync(nameof(SendRefunds));

        Assert.Equal(RefundState.Succeeded, Assert.Single(await app.RefundsAsync(booking)).State);
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task SendRefunds_DiesBeforeTheCommit_RefundsOnce()
    {
        var (booking, _) = await RefundDueAsync();
        await FailOnAsync("before update of stripe_refund_id on refunds");
        await Assert.ThrowsAnyAsync<Exception>(() => app.RunJobAsync(nameof(SendRefunds)));
        await MendAsync("refunds");

        await app.RunJobAsync(nameof(SendRefunds));

        Assert.Equal(0, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task SendRefunds_Refused_TellsTheCoordinatorWhoCanAskAgain()
    {
        var (booking, payment) = await RefundDueAsync();
        app.Stripe.KeepRefundsPending();
        await app.RunJobAsync(nameof(SendRefunds));
        app.Stripe.KeepRefundsPending(false);
        var first = Assert.Single(await app.RefundsAsync(booking));
        Assert.Equal(RefundState.Pending, first.State);

        app.Stripe.SettleRefund(first.StripeRefundId!, succeeds: false);
        await app.RingAsync(first.StripeRefundId!);

        Assert.Equal(RefundState.Failed, Assert.Single(await app.RefundsAsync(booking)).State);
        Assert.True((await app.PaymentAsync(booking)).NeedsAttention);
        var staff = await app.StaffAsync();
        await app.WithAsync<DecidePayment, DecidePaymentResult>(decide => decide.RefundAsync(payment, 11000, new(staff, "Ann Coordinator"), Token));
        await app.RunJobAsync(nameof(SendRefunds));
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Refund_MadeInStripe_IsMirroredWhateverTheOrderOfEvents()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        var intent = (string)app.Stripe.All("checkout.session").Single(one => (string?)one["id"] == checkout)["payment_intent"]!;
        var refund = app.Stripe.RefundInDashboard(intent, 5500);

        await app.RingAsync(refund);
        await app.RingAsync(refund);
        await app.RingAsync(checkout);

        Assert.Equal(5500, await app.PaidPenceAsync(booking));
        Assert.Equal(RefundReason.MadeInStripe, Assert.Single(await app.RefundsAsync(booking)).Reason);
        await app.CheckAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task FailOnAsync(string when) => app.World.ExecuteAsync(
        $"create or replace function fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$; create trigger fail {when} for each row execute function fail()");

    private Task MendAsync(string table) => app.World.ExecuteAsync($"drop trigger fail on {table}");

    private async Task<(Guid Booking, Guid Payment)> RefundDueAsync()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        await app.CancelForLaterAsync(booking);
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        var payment = await app.PaymentAsync(booking);
        var staff = await app.StaffAsync();
        await app.WithAsync<DecidePayment, DecidePaymentResult>(decide => decide.RefundAsync(payment.Id, 11000, new(staff, "Ann Coordinator"), Token));
        return (booking, payment.Id);
    }
}
