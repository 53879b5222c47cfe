using System.Text.Json.Nodes;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform.Jobs;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Stripe cannot explain one payment: that one goes to staff, once, and no other is held up.</summary>
public sealed class UnexplainedPaymentTests(PayApp app) : IClassFixture<PayApp>
{
    private const string ToCoordinator = "payment-needs-attention to training@partnership.example";

    [Theory]
    [InlineData("gone")]
    [InlineData("unknown status")]
    [InlineData("unknown payment status")]
    [InlineData("paid without an amount")]
    [InlineData("paid in no currency")]
    public async Task Reconcile_OnePaymentCannotBeExplained_TheOthersAreRecordedAndStaffAreToldOnce(string how)
    {
        var (bad, badCheckout) = await OpenAsync();
        var (good, goodCheckout) = await OpenAsync();
        await SpoilAsync(badCheckout, how);
        app.Stripe.Pay(goodCheckout);
        app.Clock.Advance(TimeSpan.FromMinutes(3));

        await app.RunJobAsync(nameof(ReconcilePayments));
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await app.RunJobAsync(nameof(ReconcilePayments));

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(good)).State);
        var payment = await app.PaymentAsync(bad);
        Assert.Equal((PaymentProblem.Unexplained, true), (payment.Problem, payment.NeedsAttention));
        Assert.Single(await app.EmailsAsync(bad), email => email == ToCoordinator);
        Assert.Equal(BookingState.Held, (await app.BookingAsync(bad)).State);
        await MendAsync(badCheckout, how);
        await ReconcileAsync();
        Assert.False((await app.PaymentAsync(bad)).NeedsAttention);
        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Reconcile_StripeCanSayAgain_TheMoneyIsRecordedAndTheProblemEnds()
    {
        var (booking, checkout) = await OpenAsync();
        app.Stripe.Tamper(checkout, "status", "frozen");
        await ReconcileAsync();
        Assert.True((await app.PaymentAsync(booking)).NeedsAttention);

        app.Stripe.Tamper(checkout, "status", "open");
        app.Stripe.Pay(checkout);
        await ReconcileAsync();

        var payment = await app.PaymentAsync(booking);
        Assert.Equal((PaymentState.Paid, false), (payment.State, payment.NeedsAttention));
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Release_OnePaymentCannotBeExplained_TheOthersAreReleased()
    {
        var (bad, badCheckout) = await OpenAsync();
        var good = await app.HeldAsync();
        await SpoilAsync(badCheckout, "unknown status");
        app.Clock.Advance(TimeSpan.FromMinutes(36));

        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));

        Assert.Equal((BookingState.Held, BookingState.Expired), ((await app.BookingAsync(bad)).State, (await app.BookingAsync(good)).State));
        Assert.True((await app.PaymentAsync(bad)).NeedsAttention);
    }

    [Fact]
    public async Task Decide_NoMoneyCame_ReleasesThePlacesAndMoneyThatComesAfterAllIsRecorded()
    {
        var (booking, checkout) = await OpenAsync();
        await SpoilAsync(checkout, "unknown status");
        await ReconcileAsync();
        var payment = await app.PaymentAsync(booking);
        var staff = await app.StaffAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(36));

        Assert.Equal(DecidePaymentResult.Done, await app.WithAsync<DecidePayment, DecidePaymentResult>(
            decide => decide.KeepAsync(payment.Id, 0, "Nothing came", new(staff, "Ann Coordinator"), Token)));
        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));

        Assert.Equal(BookingState.Expired, (await app.BookingAsync(booking)).State);
        app.Stripe.Tamper(checkout, "status", "open");
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        await app.CheckAsync();
    }

    [Fact]
    public async Task Reconcile_NothingWasToBePaid_WaitsForTheCoordinatorAndIsNotReleased()
    {
        var (booking, checkout) = await OpenAsync();
        app.Stripe.Falsify(checkout, 0);
        app.Stripe.Tamper(checkout, "status", "complete");
        app.Stripe.Tamper(checkout, "payment_status", "no_payment_required");
        await ReconcileAsync();
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));

        var payment = await app.PaymentAsync(booking);
        Assert.Equal((PaymentState.Paid, PaymentProblem.AmountDiffers, 0), (payment.State, payment.Problem, payment.ReceivedAmount));
        Assert.Equal(BookingState.Held, (await app.BookingAsync(booking)).State);
        Assert.Single(await app.EmailsAsync(booking), email => email == ToCoordinator);
        await app.CheckAsync();

        var staff = await app.StaffAsync();
        Assert.Equal(DecidePaymentResult.Done, await app.WithAsync<DecidePayment, DecidePaymentResult>(
            decide => decide.KeepAsync(payment.Id, 0, "A coupon by mistake", new(staff, "Ann Coordinator"), Token)));
        Assert.Equal(BookingState.Expired, (await app.BookingAsync(booking)).State);
    }

    [Fact]
    public async Task SendRefunds_OneRefundIsNotKnown_TheOthersAreMadeAndStaffAreToldOnce()
    {
        var (bad, good) = (await RefundDueAsync(), await RefundDueAsync());
        var lost = Assert.Single(await app.RefundsAsync(bad));
        await app.World.ExecuteAsync(
            "update refunds set state = 'Pending', stripe_refund_id = 're_gone' || left(id::text, 8), first_tried_at = created_at, checked_at = created_at where id = $1", lost.Id);
        app.Clock.Advance(TimeSpan.FromMinutes(11));

        await app.RunJobAsync(nameof(SendRefunds));
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        await app.RunJobAsync(nameof(SendRefunds));

        Assert.Equal(RefundState.Succeeded, Assert.Single(await app.RefundsAsync(good)).State);
        Assert.Equal((PaymentProblem.Unexplained, true), ((await app.PaymentAsync(bad)).Problem, (await app.PaymentAsync(bad)).NeedsAttention));
        // One of the cancelled places, one of the refund that is not known.
        Assert.Equal(2, (await app.EmailsAsync(bad)).Count(email => email == ToCoordinator));
    }

    [Fact]
    public async Task IssueInvoices_OneFails_TheOthersAreIssuedAndTheRunSaysSo()
    {
        var run = await app.RunAsync(capacity: 10);
        var (bad, good) = (await InvoicedAsync(run), await InvoicedAsync(run));
        await app.World.ExecuteAsync(
            $"create function fail() returns trigger language plpgsql as $$ begin if new.booking_id = '{bad}' then raise exception 'no'; end if; return new; end $$; create trigger fail before insert on invoices for each row execute function fail()");

        var failure = await Assert.ThrowsAsync<JobFailedException>(() => app.RunJobAsync(nameof(IssueInvoices)));
        await app.World.ExecuteAsync("drop trigger fail on invoices; drop function fail");

        Assert.StartsWith("1 of 2 could not be done; the others were.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, await app.World.CountAsync("select count(*) from invoices where booking_id = $1", good));
        Assert.Equal(1, await app.RunJobAsync(nameof(IssueInvoices)));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<Guid> InvoicedAsync(Guid run)
    {
        var request = app.World.Request(run, $"{Guid.NewGuid():N}@delegates.example");
        Assert.Equal(BookPlaceResult.Booked, (await app.World.BookPlace.RunAsync(request, Token)).Result);
        return request.BookingId;
    }

    private async Task<(Guid Booking, string Checkout)> OpenAsync()
    {
        var booking = await app.HeldAsync();
        return (booking, await app.CheckoutAsync(booking));
    }

    private async Task ReconcileAsync()
    {
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await app.RunJobAsync(nameof(ReconcilePayments));
    }

    private async Task SpoilAsync(string checkout, string how)
    {
        if (how == "gone")
        {
            await app.World.ExecuteAsync("update payments set checkout_session_id = checkout_session_id || 'gone' where checkout_session_id = $1", checkout);
            return;
        }

        if (how.StartsWith("paid", StringComparison.Ordinal))
        {
            app.Stripe.Pay(checkout);
        }

        Tamper(checkout, how, "frozen", "promised", null, null);
    }

    private async Task MendAsync(string checkout, string how)
    {
        if (how == "gone")
        {
            await app.World.ExecuteAsync("update payments set checkout_session_id = $1 where checkout_session_id = $1 || 'gone'", checkout);
            return;
        }

        Tamper(checkout, how, "open", "unpaid", 11000, "gbp");
    }

    private void Tamper(string checkout, string how, string status, string paymentStatus, int? amount, string? currency)
    {
        var (field, value) = how switch
        {
            "unknown status" => ("status", JsonValue.Create(status)),
            "unknown payment status" => ("payment_status", JsonValue.Create(paymentStatus)),
            "paid without an amount" => ("amount_total", JsonValue.Create(amount)),
            _ => ("currency", JsonValue.Create(currency)),
        };
        app.Stripe.Tamper(checkout, field, value);
    }

    private async Task<Guid> RefundDueAsync()
    {
        var (booking, checkout) = await OpenAsync();
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        await app.CancelForLaterAsync(booking);
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        var (payment, staff) = (await app.PaymentAsync(booking), await app.StaffAsync());
        Assert.Equal(DecidePaymentResult.Done, await app.WithAsync<DecidePayment, DecidePaymentResult>(
            decide => decide.RefundAsync(payment.Id, 11000, new(staff, "Ann Coordinator"), Token)));
        return booking;
    }
}
