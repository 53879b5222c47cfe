using Microsoft.Extensions.Options;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum ConfirmResult
{
    Confirmed,
    AlreadyConfirmed,
    Cancelled,

    /// <summary>The hold had lapsed and not all places could be had again: full, closed, or a delegate has another place by now.</summary>
    Full,
}

/// <summary>
/// Makes held places certain and tells the booker and each delegate. A booking whose hold has lapsed is seated again by the same
/// condition that books, all of it or nothing. Joins its caller's transaction, which it never spoils. Throws when there is no
/// such booking.
/// </summary>
internal sealed class ConfirmPlaces(TrainingHubDb db, IOptions<SiteOptions> site)
{
    public async Task<ConfirmResult> RunAsync(Guid bookingId, DateTimeOffset now, CancellationToken ct)
    {
        var locked = await BookingLock.TakeAsync(db, bookingId, ct)
            ?? throw new InvalidOperationException($"There is no booking {bookingId}.");
        return locked.Booking.State switch
        {
            BookingState.Confirmed => ConfirmResult.AlreadyConfirmed,
            BookingState.Cancelled => ConfirmResult.Cancelled,
            BookingState.Held => await ConfirmHeldAsync(locked, now, ct),
            BookingState.Expired => await ConfirmLapsedAsync(locked, now, ct),
        };
    }

    private async Task<ConfirmResult> ConfirmHeldAsync(LockedBooking locked, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var place in locked.LivePlaces)
        {
            place.Confirm();
        }

        return await TellAsync(locked.Booking, locked.LivePlaces, now, ct);
    }

    private async Task<ConfirmResult> ConfirmLapsedAsync(LockedBooking locked, DateTimeOffset now, CancellationToken ct)
    {
        var lapsed = locked.Places.Where(place => place.State == PlaceState.Expired).ToList();
        return await PlaceSeats.TrySeatAgainAsync(db, locked.Booking.Id, now, ct)
            ? await TellAsync(locked.Booking, lapsed, now, ct)
            : ConfirmResult.Full;
    }

    private async Task<ConfirmResult> TellAsync(Booking booking, IReadOnlyList<Place> places, DateTimeOffset now, CancellationToken ct)
    {
        booking.Confirm(now);
        // Money came, or staff have decided: the address is no stranger's any more. An invoice shows nothing of the sort.
        if (booking is { PaymentMethod: PaymentMethod.Card or PaymentMethod.FreePlace, BookerEmail: { } address })
        {
            await ConfirmedAddress.ConfirmAsync(db, address, now, ct);
        }

        var summary = await BookingSummaries.ReadAsync(db, booking, places, ct);
        summary = summary with { Policy = await BookingPolicy.LinesAsync(db, booking, places, now, ct) };
        var emails = await BookingSummaries.EmailsAsync(db, booking, summary, site.Value, now, ct);
        BookingSummaries.TellBooker(
            db, booking,
            booking.PaymentMethod == PaymentMethod.FreePlace ? emails.Approved(await AwardMail.OfAsync(db, places, site.Value, now, ct)) : emails.Confirmed(emails.PaymentWords(now)),
            now);
        var links = new DelegateLinks(site.Value, now);
        db.AddRange(BookingEmails.ToDelegates(summary, links, now));
        db.AddRange(links.Made);
        await db.SaveChangesAsync(ct);
        return ConfirmResult.Confirmed;
    }
}
