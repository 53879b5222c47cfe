using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>What one booking owes by card and has paid, in pence. Foreign money is not in it.</summary>
/// <param name="OwedPence">The price of the places that it has, or would have again.</param>
/// <param name="HeldPence">Received, less what went back or is on its way.</param>
/// <param name="KeptPence">What the coordinator decided to keep beyond what is owed.</param>
internal sealed record BookingMoney(int OwedPence, int HeldPence, int KeptPence)
{
    public bool IsPaid => HeldPence >= OwedPence;

    /// <summary>Ours neither by price nor by decision. Never below nought.</summary>
    public int SparePence => Math.Max(0, HeldPence - OwedPence - KeptPence);

    public static async Task<BookingMoney> ReadAsync(TrainingHubDb db, LockedBooking locked, CancellationToken ct)
    {
        var id = locked.Booking.Id;
        var moved = await db.LedgerEntries
            .Where(entry => entry.BookingId == id)
            .SumAsync(entry => entry.Kind == LedgerKind.Refund ? -entry.AmountPence : entry.AmountPence, ct);
        var onItsWay = await (
            from refund in db.Refunds
            where refund.State == RefundState.Due || refund.State == RefundState.Pending
            join payment in db.Payments on refund.PaymentId equals payment.Id
            where payment.BookingId == id && (payment.ReceivedCurrency == null || payment.ReceivedCurrency == "gbp")
            select refund.AmountPence).SumAsync(ct);
        var kept = await db.Payments.Where(payment => payment.BookingId == id).SumAsync(payment => payment.KeptPence, ct);
        return new(OwedByCard(locked), moved - onItsWay, kept);
    }

    /// <summary>Nothing once it is cancelled, or paid otherwise. A lapsed booking owes what it would cost to seat it again.</summary>
    public static int OwedByCard(LockedBooking locked)
    {
        if (locked.Booking.PaymentMethod != PaymentMethod.Card)
        {
            return 0;
        }

        return locked.Booking.State switch
        {
            BookingState.Held or BookingState.Confirmed => locked.LivePlaces.Sum(place => place.PricePence),
            BookingState.Expired => locked.Places.Where(place => place.State == PlaceState.Expired).Sum(place => place.PricePence),
            BookingState.Cancelled => 0,
        };
    }
}
