using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

/// <summary>Somebody of a booking who is reached by an address: who booked, or who has a place.</summary>
/// <param name="BookingId"></param>
/// <param name="PlaceId">Null for who booked.</param>
/// <param name="Name"></param>
/// <param name="Reference">Of the booking.</param>
internal sealed record AddressOwner(Guid BookingId, Guid? PlaceId, string Name, string Reference)
{
    public string Key => PlaceId?.ToString() ?? "booker";

    public string Words => PlaceId is null ? $"{Name}, who made booking {Reference}" : $"{Name}, who has a place in booking {Reference}";

    /// <param name="db"></param>
    /// <param name="reference">Of the booking that an email is about; null is about none.</param>
    /// <param name="address"></param>
    /// <param name="ct"></param>
    public static async Task<IReadOnlyList<AddressOwner>> OfAsync(TrainingHubDb db, string? reference, string address, CancellationToken ct)
    {
        var key = EmailAddress.KeyOf(address);
        var booking = await db.Bookings.Where(one => one.Reference == reference).Select(one => new { one.Id, one.Reference, one.BookerName, one.BookerEmail }).SingleOrDefaultAsync(ct);
        if (booking is null)
        {
            return [];
        }

        var places = await (
            from place in db.LivePlaces
            join person in db.People on place.PersonId equals person.Id
            where place.BookingId == booking.Id && person.EmailKey == key
            orderby place.Id
            select new { place.Id, PersonId = person.Id, person.Name }).ToListAsync(ct);
        return
        [
            .. booking.BookerEmail is { } email && EmailAddress.KeyOf(email) == key
                ? [new AddressOwner(booking.Id, null, booking.BookerName ?? "", booking.Reference)] : Array.Empty<AddressOwner>(),
            .. places.DistinctBy(place => place.PersonId).Select(place => new AddressOwner(booking.Id, place.Id, place.Name, booking.Reference)),
        ];
    }
}
