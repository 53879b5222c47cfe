using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// Records that staff have paid back what they took for places that ended, such as by a cancelled date, or that cost less since: no job does that, and Stripe has
/// no part in it. About the sum that was shown, so that a second click finds nothing left.
/// </summary>
internal sealed class PayBackByHand(TrainingHubDb db, GiveBack give, TimeProvider clock)
{
    /// <returns>False when it is another sum by now.</returns>
    public async Task<bool> RunAsync(Guid bookingId, int pence, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payments = await PaymentRows.LockOfBookingAsync(db, bookingId, ct);
        if (await BookingLock.TakeAsync(db, bookingId, ct) is null)
        {
            return false;
        }

        var left = await LeftAsync(db, bookingId, ct);
        if (pence == 0 || left.Sum(place => place.Pence) != pence)
        {
            return false;
        }

        var byHand = payments.Where(payment => payment.Provider == PaymentProvider.Desk).ToList();
        // A place that is still booked has only the difference to give, and the others all they have.
        foreach (var places in left.GroupBy(place => place.IsLive ? place.PlaceId : Guid.Empty))
        {
            var reason = places.Key == Guid.Empty ? RefundReason.BookingCancelled : RefundReason.CheaperDate;
            await give.RefundAsync(new(byHand, [.. places.Select(place => place.PlaceId)], places.Sum(place => place.Pence)), reason, by, now, ct);
        }

        HistoryEntry.Add<Booking>(db, bookingId, by, "Paid back by hand", [new("Money", null, $"{new Money(pence)} paid back by hand")], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>
    /// What places still have of money taken by hand beyond what they owe, which is nothing once they ended. While something is left of a
    /// card payment too, that comes before staff instead.
    /// </summary>
    public static IQueryable<LeftPence> Left(TrainingHubDb db) =>
        from booking in db.Bookings
        where (booking.PaymentMethod == PaymentMethod.Desk || Booking.InvoicedForCharges.Contains(booking.PaymentMethod))
            && db.Payments.Any(payment => payment.BookingId == booking.Id && payment.Provider == PaymentProvider.Desk)
            && !db.Payments.Any(payment => payment.BookingId == booking.Id && payment.Provider == PaymentProvider.Stripe && payment.State == PaymentState.Paid
                && payment.ReceivedAmount
                    > db.Refunds.Where(refund => refund.PaymentId == payment.Id && !RefundStates.NothingLeaves.Contains(refund.State)).Sum(refund => refund.AmountPence)
                    + db.KeptShares.Where(share => share.PaymentId == payment.Id).Sum(share => share.AmountPence)
                    + db.TakenByBanks.Where(taken => taken.PaymentId == payment.Id).Sum(taken => taken.AmountPence))
        join place in db.PlaceMoney on booking.Id equals place.BookingId
        let left = place.PaidPence - place.RefundedPence - place.LeavingPence - place.KeptPence - place.DisputedPence
            - (place.OwedPence > place.WrittenOffPence ? place.OwedPence - place.WrittenOffPence : 0)
        where left > 0
        select new LeftPence { BookingId = booking.Id, PlaceId = place.PlaceId, Pence = left, IsLive = db.LivePlaces.Any(live => live.Id == place.PlaceId) };

    /// <summary>The same of one order.</summary>
    public static Task<List<LeftPence>> LeftAsync(TrainingHubDb db, Guid bookingId, CancellationToken ct) =>
        Left(db).Where(place => place.BookingId == bookingId).OrderBy(place => place.PlaceId).ToListAsync(ct);
}

/// <summary>Money of one place that is to go back by hand.</summary>
internal sealed class LeftPence
{
    public required Guid BookingId { get; init; }
    public required Guid PlaceId { get; init; }
    public required int Pence { get; init; }

    /// <summary>It is still booked, and costs less than was paid for it.</summary>
    public required bool IsLive { get; init; }
}
