using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// Gives back the places of a booking that was held, exactly once, and tells the booker why. Where a card payment was awaited,
/// call it only after Stripe has said that the session is expired, else money may still come. Joins its caller's transaction.
/// </summary>
internal sealed class ReleaseHold(TrainingHubDb db, IOptions<SiteOptions> site)
{
    /// <returns>Whether it was this call that released; false when the booking is not held any more.</returns>
    public async Task<bool> RunAsync(Guid bookingId, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct);
        if (locked is not { Booking.State: BookingState.Held })
        {
            return false;
        }

        var booking = locked.Booking;
        var summary = await BookingSummaries.ReadAsync(db, booking, locked.LivePlaces, ct);
        await PlaceSeats.EndAsync(db, bookingId, placeId: null, PlaceState.Expired, now, ct);
        BookingSummaries.TellBooker(db, booking, Reason(booking, summary), now);
        booking.Expire();
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private IEmailMessage Reason(Booking booking, BookingSummary summary) => booking.PaymentMethod == PaymentMethod.FreePlace && !booking.AwaitsChoiceOfPayment
        ? BookingEmails.Lapsed(summary, site.Value)
        : BookingEmails.Expired(summary, site.Value, isCard: booking.PaymentMethod == PaymentMethod.Card);
}
