using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>The same place cancelled, or its money given back, by several at once: with the locks and without them.</summary>
public sealed class CancellationRaceTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_BySeveralAtOnce_ChargesOnceAndRefundsOnce()
    {
        var booking = await PaidAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => CancelAsync(booking))));
        await app.RunJobAsync(nameof(RefundCancelledPlaces));

        Assert.Single(results, CancelResult.Cancelled);
        Assert.Equal(2, await ChargesAsync(booking));
        Assert.Equal(11000, Assert.Single(await app.RefundsAsync(booking)).AmountPence);
    }

    /// <summary>The twin: without the lock both come to write, and the table refuses the second charge of a place.</summary>
    [Fact]
    public async Task Cancel_WithoutTheLock_IsRefusedByTheTableWhenTheyMeet()
    {
        var booking = await PaidAsync();
        var refused = 0;

        await Gate.MeetAsync(app.Database, "places", 2, async () =>
        {
            try
            {
                await Unguarded.WithoutRowLocksAsync(() => CancelAsync(booking));
            }
            catch (DbUpdateException)
            {
                Interlocked.Increment(ref refused);
            }
        });

        Assert.Equal(1, refused);
        Assert.Equal(2, await ChargesAsync(booking));
    }

    [Fact]
    public async Task Refund_BySeveralJobsAtOnce_IsMadeOnce()
    {
        var booking = await CancelledAsync();

        await Gate.MeetAsync(app.Database, "refunds", 3, () => app.RunJobAsync(nameof(RefundCancelledPlaces)));

        Assert.Equal(11000, Assert.Single(await app.RefundsAsync(booking)).AmountPence);
    }

    [Fact]
    public async Task Refund_WithoutTheLock_IsMadeByEachWhenTheyMeetAndOnceInSequence()
    {
        var (together, after) = (await CancelledAsync(), Guid.Empty);
        await Gate.MeetAsync(app.Database, "refunds", 3, RefundUnlockedAsync);
        after = await CancelledAsync();
        await RefundUnlockedAsync();
        await app.RunJobAsync(nameof(RefundCancelledPlaces));

        Assert.Equal(3, (await app.RefundsAsync(together)).Count);
        Assert.Single(await app.RefundsAsync(after));
    }

    [Fact]
    public async Task Cancel_ByTheBookerAndByStaffAtOnce_GivesBackWhatWasPaidAndNoMore()
    {
        var booking = await PaidAsync();
        var staff = await app.StaffAsync();

        await Task.WhenAll(
            Task.Run(() => CancelAsync(booking)),
            Task.Run(() => app.WithAsync<CancelPlaces, CancelPlacesResult>(cancel =>
                cancel.RunAsync(new(booking, null, CancelMoney.Refund, 11000, "On the phone"), new(staff, "Ann Coordinator"), Token))));
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await app.RunJobAsync(nameof(RefundCancelledPlaces));
        await app.RunJobAsync(nameof(SendRefunds));

        Assert.Equal(0, await app.PaidPenceAsync(booking));
        Assert.Equal(11000, (await app.RefundsAsync(booking)).Sum(refund => refund.AmountPence));
    }

    private Task<int> RefundUnlockedAsync() => Unguarded.WithoutRowLocksAsync(() => app.RunJobAsync(nameof(RefundCancelledPlaces)));

    private async Task<Guid> CancelledAsync()
    {
        var booking = await PaidAsync();
        await CancelAsync(booking);
        return booking;
    }

    private async Task<Guid> PaidAsync()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return booking;
    }

    private Task<CancelResult> CancelAsync(Guid booking) => app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking, Token, shownPence: 0));

    private Task<int> ChargesAsync(Guid booking) => app.WithAsync((TrainingHubDb db) => db.PlaceCharges.CountAsync(charge => charge.BookingId == booking, Token));
}
