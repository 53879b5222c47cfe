using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// Adds a refund, and for which places it is, to what is saved next. Joins its caller's transaction, which has locked the payment
/// and has saved what changed before. Throws when there is no such booking.
/// </summary>
internal sealed class AddRefund(TrainingHubDb db)
{
    /// <param name="payment"></param>
    /// <param name="amount">In pence, more than nought.</param>
    /// <param name="reason"></param>
    /// <param name="requestedById"></param>
    /// <param name="now"></param>
    /// <param name="ct"></param>
    /// <param name="onlyFor">The places that it is for, which have as much to spare; null for whichever has.</param>
    /// <param name="undo">Of the act that it follows from, if that can be undone: Stripe is not asked before its time.</param>
    public async Task<Refund> RunAsync(
        Payment payment, int amount, RefundReason reason, Guid? requestedById, DateTimeOffset now, CancellationToken ct,
        IReadOnlyCollection<Guid>? onlyFor = null, KeepUndo? undo = null)
    {
        var locked = await BookingLock.TakeAsync(db, payment.BookingId, ct)
            ?? throw new InvalidOperationException($"There is no booking {payment.BookingId}.");
        var money = await CardMoney.ReadAsync(db, locked, ct);
        var refund = Refund.Due(payment, amount, reason, requestedById, now, undo);
        db.Add(refund);
        var among = onlyFor is null ? money : new CardMoney([.. money.Places.Where(place => onlyFor.Contains(place.PlaceId))]);
        db.AddRange(among.SharesOfRefund(amount)
            .Select(share => new RefundShare { RefundId = refund.Id, PlaceId = share.PlaceId, AmountPence = share.AmountPence }));
        return refund;
    }
}
