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
        await PlaceSeats.EndAsync(db, locked.LivePlaces, PlaceState.Expired, now, ct);
        BookingSummaries.TellBooker(db, booking, Reason(booking, summary), now);
        booking.Expire();
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>
    /// Gives back only those places of an application whose date has begun, when others are still to come: the booking stays held for
    /// them, and the decision is about them alone. They end as cancelled: nothing seats them again with the rest.
    /// </summary>
    /// <returns>Whether any place was given back; false also when nothing would be left, which is for <see cref="RunAsync"/>.</returns>
    public async Task<bool> BegunAsync(LockedBooking locked, DateTimeOffset now, CancellationToken ct)
    {
        var begun = locked.LivePlaces.Where(place => locked.HasBegun(place, now)).ToList();
        var held = locked.LivePlaces.Except(begun).ToList();
        if (begun.Count == 0 || held.Count == 0)
        {
            return false;
        }

        var lapsed = await BookingSummaries.ReadAsync(db, locked.Booking, begun, ct);
        var stillHeld = await BookingSummaries.ReadAsync(db, locked.Booking, held, ct);
        await PlaceSeats.EndAsync(db, begun, PlaceState.Cancelled, now, ct);
        BookingSummaries.TellBooker(db, locked.Booking, BookingEmails.Lapsed(lapsed, stillHeld, site.Value), now);
        await db.SaveChangesAsync(ct);
        return true;
    }

    private IEmailMessage Reason(Booking booking, BookingSummary summary) => booking.PaymentMethod == PaymentMethod.FreePlace && !booking.AwaitsChoiceOfPayment
        ? BookingEmails.Lapsed(summary, held: null, site.Value)
        : BookingEmails.Expired(summary, site.Value, isCard: booking.PaymentMethod == PaymentMethod.Card);
}
