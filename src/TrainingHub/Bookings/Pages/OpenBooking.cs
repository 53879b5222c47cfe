using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// Finds the booking of a page, for a browser that has opened its private link or in which the booker's address is signed in. To any other
/// there is none.
/// </summary>
internal sealed class OpenBooking(TrainingHubDb db, PrivateAccess access, SignedInAddress signedIn)
{
    public async Task<Booking?> FindAsync(HttpContext http, string reference, CancellationToken ct)
    {
        var normal = Reference.Normalise(reference);
        var booking = await db.Bookings.AsNoTracking().FirstOrDefaultAsync(one => one.Reference == normal, ct);
        return booking is not null
            && (access.IsGranted(http, Booking.LinkPurpose, booking.Id) || await signedIn.IsAsync(http, booking.BookerEmail, ct)) ? booking : null;
    }

    /// <summary>Whether this browser has opened the private link of a booking, or made it.</summary>
    public bool IsOpen(HttpContext http, Guid bookingId) => access.IsGranted(http, Booking.LinkPurpose, bookingId);

    public Task<List<BookedPlace>> PlacesAsync(Booking booking, CancellationToken ct) =>
        (from place in db.Places.AsNoTracking()
         join person in db.People on place.PersonId equals person.Id into people
         from person in people.DefaultIfEmpty()
         where place.BookingId == booking.Id
         orderby place.Id
         select new BookedPlace(
             place.Id, place.RunId, place.DelegateName ?? (place.AwaitsName ? "Not named yet" : "Name not kept"), person == null ? null : person.Email, place.AccessNeeds,
             place.PricePence, place.PriceRule, place.State, place.CalendarNumber, place.AwaitsName)
         { PersonId = place.PersonId }).ToListAsync(ct);

    /// <summary>The dates of the places, each once, in the order in which they begin.</summary>
    public Task<IReadOnlyList<DateLine>> RunsAsync(IReadOnlyList<BookedPlace> places, CancellationToken ct) =>
        BookingSummaries.RunsAsync(db, places.Select(place => place.RunId), ct);

    /// <summary>The same, at what the booker would pay today.</summary>
    public Task<IReadOnlyList<DateLine>> PricedRunsAsync(Booking booking, IReadOnlyList<BookedPlace> places, CancellationToken ct) =>
        BookingSummaries.RunsForAsync(db, booking, places.Select(place => place.RunId), ct);

    /// <summary>What each of the places costs on those dates; one whose date has no price is left out.</summary>
    public Task<IReadOnlyDictionary<Guid, Price>> PricesAsync(IReadOnlyList<BookedPlace> places, IReadOnlyList<DateLine> runs, CancellationToken ct) =>
        OrderPrices.OfPlacesAsync(db, places.Select(place => (place.Id, place.RunId, place.PersonId)), runs, ct);
}

internal sealed record BookedPlace(
    Guid Id, Guid RunId, string Name, string? Email, string? AccessNeeds, int PricePence, string PriceRule, PlaceState State, int CalendarNumber = 0, bool AwaitsName = false)
{
    public Guid? PersonId { get; init; }

    public bool IsLive => Place.LiveStates.Contains(State);
}
