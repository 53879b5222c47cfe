using TrainingHub.Platform;

namespace TrainingHub.Bookings;

internal enum ChoosePaymentResult
{
    /// <summary>To be paid by card now.</summary>
    Held,

    /// <summary>An invoice comes; the places are certain.</summary>
    Confirmed,

    /// <summary>Nothing is to be chosen: chosen before, lapsed, cancelled, or a date has begun.</summary>
    TooLate,
}

/// <summary>
/// Turns a booking whose free place was declined into a paid one, at the prices of this moment, while its places are held. By
/// invoice it is confirmed at once; by card it stays held, for the time of a card payment at least.
/// </summary>
internal sealed class ChoosePayment(TrainingHubDb db, ConfirmPlaces confirm, TimeProvider clock)
{
    public Task<ChoosePaymentResult> ByCardAsync(Guid bookingId, CancellationToken ct) => RunAsync(
        bookingId,
        (booking, now) =>
        {
            booking.PayByCard(now + BookPlace.CardHold);
            return ChoosePaymentResult.Held;
        },
        ct);

    /// <param name="bookingId"></param>
    /// <param name="email"></param>
    /// <param name="purchaseOrder">Null when none was given.</param>
    /// <param name="ct"></param>
    /// <param name="by">The member of staff who chooses for the buyer; null is the buyer.</param>
    public Task<ChoosePaymentResult> ByInvoiceAsync(Guid bookingId, string email, string? purchaseOrder, CancellationToken ct, Actor? by = null) => RunAsync(
        bookingId,
        (booking, now) =>
        {
            booking.PayByInvoice(email, purchaseOrder);
            if (by is not null)
            {
                HistoryEntry.Add<Booking>(db, bookingId, by, "Payment taken over by invoice", [], now);
            }

            return ChoosePaymentResult.Confirmed;
        },
        ct);

    private async Task<ChoosePaymentResult> RunAsync(
        Guid bookingId, Func<Booking, DateTimeOffset, ChoosePaymentResult> choose, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct);
        if (locked is not { Booking: { AwaitsChoiceOfPayment: true } booking } || booking.HeldUntil <= now)
        {
            return ChoosePaymentResult.TooLate;
        }

        var runs = await BookingSummaries.RunsForAsync(db, booking, locked.LivePlaces.Select(place => place.RunId), ct);
        if (runs.Any(run => run.Price is null || run.StartsAt <= now))
        {
            return ChoosePaymentResult.TooLate;
        }

        var prices = await OrderPrices.OfPlacesAsync(db, locked.LivePlaces.Select(place => (place.Id, place.RunId, place.PersonId)), runs, ct);
        foreach (var place in locked.LivePlaces)
        {
            place.Charge(prices[place.Id]);
        }

        var result = choose(booking, now);
        await db.SaveChangesAsync(ct);
        if (result == ChoosePaymentResult.Confirmed)
        {
            await confirm.RunAsync(bookingId, now, ct);
        }

        await transaction.CommitAsync(ct);
        return result;
    }
}
