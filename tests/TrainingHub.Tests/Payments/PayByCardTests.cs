using System.Net;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

public sealed class PayByCardTests(PayApp app) : IClassFixture<PayApp>
{
    [Fact]
    public async Task Webhook_CardPaid_ConfirmsAndRecordsMoney()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);

        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        var payment = await app.PaymentAsync(booking);
        Assert.Equal((PaymentState.Paid, 11000, "gbp", null), (payment.State, payment.ReceivedAmount, payment.ReceivedCurrency, payment.Problem));
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        Assert.Contains("payment-received to bea@school.example", await app.EmailsAsync(booking));
        Assert.Contains("booking-confirmed to bea@school.example", await app.EmailsAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task StartPayment_PressedTwentyTimesAtOnce_OpensOneCheckout()
    {
        var booking = await app.HeldAsync();
        var before = app.Stripe.All("checkout.session").Count;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => app.StartAsync(booking))));

        Assert.Single(outcomes.Select(outcome => outcome.Url).Distinct());
        Assert.All(outcomes, outcome => Assert.Equal(StartPaymentResult.Pay, outcome.Result));
        Assert.Equal(before + 1, app.Stripe.All("checkout.session").Count);
        await app.PaymentAsync(booking);
    }

    [Fact]
    public async Task StartPayment_StripeRefusesTheAddress_OpensWithoutIt()
    {
        var booking = await app.HeldAsync();
        app.Stripe.RefuseAddresses();

        var checkout = await app.CheckoutAsync(booking);
        var again = await app.CheckoutAsync(booking);
        app.Stripe.RefuseAddresses(refuse: false);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);

        Assert.Equal(checkout, again);
        Assert.Null(app.Stripe.All("checkout.session").Single(one => (string?)one["id"] == checkout)["customer_email"]);
        Assert.Contains("payment-received to bea@school.example", await app.EmailsAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task StartPayment_HoldIsOver_RefusesBeforeAnyMoney()
    {
        var booking = await app.HeldAsync();
        app.Clock.Advance(BookPlace.CardHold);

        var outcome = await app.StartAsync(booking);

        Assert.Equal(StartPaymentResult.NotHeld, outcome.Result);
        Assert.Empty(await app.PaymentsAsync(booking));
        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));
        Assert.Equal(BookingState.Expired, (await app.BookingAsync(booking)).State);
        await app.CheckAsync();
    }

    [Fact]
    public async Task StartPayment_AfterPayment_SaysPaid()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);

        var outcome = await app.StartAsync(booking);

        Assert.Equal(StartPaymentResult.AlreadyPaid, outcome.Result);
        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        await app.CheckAsync();
    }

    [Fact]
    public async Task StartPayment_PlaceCancelledMeanwhile_ClosesTheDearerCheckout()
    {
        var booking = await app.HeldAsync(places: 2);
        var dearer = await app.CheckoutAsync(booking);
        var place = await app.WithAsync<TrainingHubDb, Guid>(
            db => Task.FromResult(db.Places.Where(one => one.BookingId == booking).Select(one => one.Id).First()));
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking, place, Token));

        var cheaper = await app.CheckoutAsync(booking);

        Assert.NotEqual(dearer, cheaper);
        Assert.Equal("expired", app.StatusOf(dearer));
        app.Stripe.Pay(cheaper);
        await app.RingAsync(cheaper);
        Assert.Equal(5500, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Webhook_SameEventTwentyTimesAtOnce_RecordsOnce()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        var happened = Assert.Single(app.EventsOf(checkout));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => app.Stripe.Webhooks.SendAsync(happened, Token))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        Assert.Single(await app.EmailsAsync(booking), email => email.StartsWith("payment-received", StringComparison.Ordinal));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Webhook_NeverComes_ReconcileConfirms()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        app.Clock.Advance(TimeSpan.FromMinutes(2));

        await app.RunJobAsync(nameof(ReconcilePayments));

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        await app.RingAsync(checkout);
        await app.CheckAsync();
    }

    [Fact]
    public async Task Release_BuyerWasFaster_ConfirmsInstead()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Clock.Advance(TimeSpan.FromMinutes(36));
        app.Stripe.Pay(checkout);

        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        await app.CheckAsync();
    }

    [Fact]
    public async Task Release_NobodyPaid_ClosesTheCheckoutFirst()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Clock.Advance(TimeSpan.FromMinutes(36));

        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));

        Assert.Equal("expired", app.StatusOf(checkout));
        Assert.Equal(BookingState.Expired, (await app.BookingAsync(booking)).State);
        Assert.Contains("booking-expired to bea@school.example", await app.EmailsAsync(booking));
        await app.CheckAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
