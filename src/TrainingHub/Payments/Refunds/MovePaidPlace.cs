using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// Staff move a person to another date, with the money: where the new date costs less and its price is to apply, the difference of a
/// card payment goes back in the same transaction. Of money taken by hand it is left to be paid back by hand, which Today asks for. A
/// dearer price is not asked of a card that has paid, nor of money taken by hand.
/// </summary>
internal sealed class MovePaidPlace(TrainingHubDb db, MovePlace move, GiveBack give, TimeProvider clock)
{
    public async Task<MovePlaceResult> RunAsync(PlaceMove order, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payments = await PaymentRows.LockOfBookingAsync(db, order.BookingId, ct);
        // The date that is chosen too, in one go with the others: dates are locked in the order of their ids.
        await MoveSeats.LockAsync(db, order.BookingId, order.ToId, ct);
        if (await BookingLock.TakeAsync(db, order.BookingId, ct) is not { } locked
            || locked.LivePlaces.FirstOrDefault(one => one.Id == order.PlaceId) is not { } place)
        {
            return MovePlaceResult.NotALivePlace;
        }

        if (order.NewPence is { } pence && place.RunId != order.ToId && !CanReprice(locked.Booking, place, pence))
        {
            return MovePlaceResult.PriceChanged;
        }

        var result = await move.RunAsync(order, by, ct);
        if (result != MovePlaceResult.Moved)
        {
            return result;
        }

        await GiveDifferenceAsync(order, payments, by, now, ct);
        await transaction.CommitAsync(ct);
        return result;
    }

    /// <summary>
    /// Whether a place may be given the price of another date: by invoice any, once it is paid only a lower one. A share of a programme as a whole
    /// is kept on a date that costs as much as the former one.
    /// </summary>
    public static bool CanReprice(Booking booking, Place place, int newPence) => newPence != place.AlonePence && (booking.PaymentMethod, booking.State) switch
    {
        (PaymentMethod.Invoice, BookingState.Confirmed) => place.PricePence != newPence,
        (PaymentMethod.Card or PaymentMethod.Desk, BookingState.Confirmed) => newPence < place.PricePence,
        _ => false,
    };

    private async Task GiveDifferenceAsync(PlaceMove order, IReadOnlyList<Payment> payments, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        if (order.NewPence is null || await BookingLock.TakeAsync(db, order.BookingId, ct) is not { } after || after.Booking.PaymentMethod != PaymentMethod.Card)
        {
            return;
        }

        var money = await CardMoney.ReadAsync(db, after, ct);
        if (money.Places.First(place => place.PlaceId == order.PlaceId).SparePence is var spare and > 0)
        {
            await give.RefundAsync(new(payments, [order.PlaceId], spare), RefundReason.CheaperDate, by, now, ct);
        }
    }
}
