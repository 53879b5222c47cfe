using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>
/// What no webhook and no list of events ever told of is found by comparing, and what differs is before staff with both sums. The site's clock
/// stands still in a test, so it moves on before each night.
/// </summary>
public sealed class CompareWithStripeTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Payment_EventsAreLost_IsTakenInAndSeated()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        app.Stripe.LoseEvents(checkout);

        await CompareAsync();

        Assert.Equal((BookingState.Confirmed, 11000), ((await app.BookingAsync(booking)).State, await app.PaidPenceAsync(booking)));
        Assert.Equal(1, (await LastAsync()).TakenIn);
        await app.CheckAsync();
    }

    [Fact]
    public async Task RefundMadeInStripe_EventsAreLost_IsTakenInOnce()
    {
        var (booking, intent, _) = await PaidAsync();
        app.Stripe.LoseEvents(app.Stripe.RefundInDashboard(intent, 5500));

        await CompareAsync();
        await CompareAsync();

        Assert.Equal(5500, await app.PaidPenceAsync(booking));
        Assert.Equal(RefundReason.MadeInStripe, Assert.Single(await app.RefundsAsync(booking)).Reason);
        Assert.Equal(0, (await LastAsync()).TakenIn);
        await app.CheckAsync();
    }

    [Fact]
    public async Task RefundOfAPaymentThatNobodyTold_TakesInBoth()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        app.Stripe.LoseEvents(checkout);
        var refund = app.Stripe.RefundInDashboard((string)app.Stripe.All("checkout.session").Single(one => (string?)one["id"] == checkout)["payment_intent"]!, 1000);
        app.Stripe.LoseEvents(refund);

        await CompareAsync();

        Assert.Equal(10000, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Theory]
    [InlineData(true, 11000)]
    [InlineData(false, 0)]
    public async Task Dispute_EventsAreLost_IsTakenInAndFollowedToItsEnd(bool isWon, int pence)
    {
        var (booking, intent, _) = await PaidAsync();
        var dispute = app.Stripe.Dispute(intent);
        app.Stripe.LoseEvents(dispute);

        await CompareAsync();
        Assert.Equal((PaymentProblem.Disputed, 0), ((await app.PaymentAsync(booking)).Problem, await app.PaidPenceAsync(booking)));
        app.Stripe.CloseDispute(dispute, isWon);
        app.Stripe.LoseEvents(dispute);
        await CompareAsync();

        Assert.Equal((pence, !isWon), (await app.PaidPenceAsync(booking), (await app.PaymentAsync(booking)).NeedsAttention));
        await app.CheckAsync();
    }

    [Fact]
    public async Task RefundSentBack_EventIsLost_IsFollowed()
    {
        app.Stripe.KeepRefundsPending();
        var (booking, intent, _) = await PaidAsync();
        var refund = app.Stripe.RefundInDashboard(intent, 11000);
        app.Stripe.KeepRefundsPending(false);
        await app.RingAsync(refund);
        app.Stripe.SettleRefund(refund, succeeds: false);
        app.Stripe.LoseEvents(refund);

        await CompareAsync();

        Assert.Equal(RefundState.Failed, Assert.Single(await app.RefundsAsync(booking)).State);
        await app.CheckAsync();
    }

    [Fact]
    public async Task StripeIsDownBetweenTwoPages_GoesOnFromWhereItStopped()
    {
        await CompareAsync();
        var (booking, intent, _) = await PaidAsync();
        for (var i = 0; i < 101; i++)
        {
            app.Stripe.LoseEvents(app.Stripe.RefundInDashboard(intent, 1));
        }

        app.Stripe.Faults.OnLaterPages = Fault.ServerError;
        await CompareAsync();
        app.Stripe.Faults.OnLaterPages = null;
        var stopped = await LastAsync();
        Assert.Equal((CompareStep.Refunds, null, 100), (stopped.Step, stopped.FinishedAt, (await app.RefundsAsync(booking)).Count));
        Assert.StartsWith("re_", stopped.After, StringComparison.Ordinal);

        await app.RunJobAsync(nameof(CompareWithStripe));

        var done = await LastAsync();
        Assert.Equal((stopped.Day, true, 101), (done.Day, done.FinishedAt is not null, done.TakenIn));
        Assert.Equal(10899, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Finished_SaysHowMuchWasCompared_AndNothingMoreThatNight()
    {
        await CompareAsync();
        var before = await LastAsync();
        var (_, intent, _) = await PaidAsync();
        await app.RingAsync(app.Stripe.RefundInDashboard(intent, 1500));
        await app.RunJobAsync(nameof(CompareWithStripe));
        Assert.Equal(before.FinishedAt, (await LastAsync()).FinishedAt);

        await CompareAsync();

        var after = await LastAsync();
        Assert.Equal((before.Payments + 1, before.ReceivedPence + 11000, before.Refunds + 1, before.RefundedPence + 1500),
            (after.Payments, after.ReceivedPence, after.Refunds, after.RefundedPence));
    }

    [Fact]
    public async Task TwoNodesAtOnce_TakeInOnce()
    {
        var (booking, intent, _) = await PaidAsync();
        app.Stripe.LoseEvents(app.Stripe.RefundInDashboard(intent, 5500));
        NextNight();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.WithAsync((CompareWithStripe compare) => compare.RunAsync(Ct))));

        Assert.Equal(5500, await app.PaidPenceAsync(booking));
        Assert.Single(await app.RefundsAsync(booking));
        await app.CheckAsync();
    }

    private void NextNight() => app.Clock.Advance(TimeSpan.FromDays(1));

    private Task<int> CompareAsync()
    {
        NextNight();
        return app.RunJobAsync(nameof(CompareWithStripe));
    }

    private Task<StripeComparison> LastAsync() =>
        app.WithAsync((TrainingHubDb db) => db.StripeComparisons.AsNoTracking().OrderByDescending(one => one.Day).FirstAsync(Ct));

    private async Task<(Guid Booking, string Intent, string Checkout)> PaidAsync()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return (booking, (await app.PaymentAsync(booking)).PaymentIntentId!, checkout);
    }
}
