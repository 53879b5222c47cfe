using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// Records that staff have paid back what they took for places that ended, such as by a cancelled date: no job does that, and Stripe has
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
        await give.RefundAsync(new(byHand, [.. left.Select(place => place.PlaceId)], pence), RefundReason.BookingCancelled, by, now, ct);
        HistoryEntry.Add<Booking>(db, bookingId, by, "Paid back by hand", [new("Money", null, $"{new Money(pence)} paid back by hand")], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>What places that ended still have of money taken at the desk.</summary>
    public static async Task<IReadOnlyList<(Guid PlaceId, int Pence)>> LeftAsync(TrainingHubDb db, Guid bookingId, CancellationToken ct)
    {
        var money = await (
            from place in db.PlaceMoney.AsNoTracking()
            join booking in db.Bookings on place.BookingId equals booking.Id
            where place.BookingId == bookingId && booking.PaymentMethod == PaymentMethod.Desk && !db.LivePlaces.Any(live => live.Id == place.PlaceId)
            orderby place.PlaceId
            select new { place.PlaceId, Pence = place.PaidPence - place.RefundedPence - place.LeavingPence - place.KeptPence }).ToListAsync(ct);
        return [.. money.Where(place => place.Pence > 0).Select(place => (place.PlaceId, place.Pence))];
    }
}
