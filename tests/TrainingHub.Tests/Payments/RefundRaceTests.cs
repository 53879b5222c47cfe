using TrainingHub.Bookings;
using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>A refund decided by several at once, with the lock and without it.</summary>
public sealed class RefundRaceTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refund_AllMeetBeforeItIsWritten_IsMadeOnce()
    {
        var (payment, staff) = await CancelledAfterPaymentAsync();

        await Gate.MeetAsync(app.Database, "refunds", 4, () => RefundAsync(payment, staff));

        Assert.Single(await app.RefundsAsync(payment.BookingId));
    }

    /// <summary>The twin, which holds nothing while it decides: whoever meets the others gives the money back once more.</summary>
    [Fact]
    public async Task Refund_WithoutTheLock_IsMadeByEachWhenTheyMeet()
    {
        var (payment, staff) = await CancelledAfterPaymentAsync();

        await Gate.MeetAsync(app.Database, "refunds", 4, () => RefundUnlockedAsync(payment, staff));

        Assert.Equal(4, (await app.RefundsAsync(payment.BookingId)).Count);
    }

    [Fact]
    public async Task Refund_WithoutTheLockInSequence_IsMadeOnce()
    {
        var (payment, staff) = await CancelledAfterPaymentAsync();

        Assert.Equal(DecidePaymentResult.Done, await RefundUnlockedAsync(payment, staff));
        Assert.Equal(DecidePaymentResult.Changed, await RefundUnlockedAsync(payment, staff));
        Assert.Single(await app.RefundsAsync(payment.BookingId));
    }

    private async Task<(Payment Payment, Guid Staff)> CancelledAfterPaymentAsync()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        await app.CancelForLaterAsync(booking);
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        return (await app.PaymentAsync(booking), await app.StaffAsync());
    }

    private Task<DecidePaymentResult> RefundAsync(Payment payment, Guid staff) =>
        app.WithAsync<DecidePayment, DecidePaymentResult>(decide => decide.RefundAsync(payment.Id, 11000, new(staff, "Ann Coordinator"), Token));

    private Task<DecidePaymentResult> RefundUnlockedAsync(Payment payment, Guid staff) =>
        Unguarded.WithoutRowLocksAsync(() => RefundAsync(payment, staff));
}
