using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

/// <summary>Somebody of a booking who is reached by an address: who booked, or who has a place, or both in one person.</summary>
/// <param name="BookingId"></param>
/// <param name="IsBooker"></param>
/// <param name="Place">A live place that they have, with whose it is; null when they have none.</param>
/// <param name="Name"></param>
/// <param name="Organisation">As it stands on the order.</param>
internal sealed record AddressOwner(Guid BookingId, bool IsBooker, Guid? Place, string Name, string? Organisation)
{
    /// <summary>In the form.</summary>
    public string Key => IsBooker ? "booker" : $"{Place}";

    public string Words => (IsBooker, Place) switch
    {
        (true, null) => $"{Name}, who booked",
        (true, _) => $"{Name}, who booked and has a place",
        (false, _) => $"{Name}, who has a place",
    };

    /// <param name="db"></param>
    /// <param name="reference">Of the booking that an email is about; null is about none.</param>
    /// <param name="address"></param>
    /// <param name="ct"></param>
    public static async Task<IReadOnlyList<AddressOwner>> OfAsync(TrainingHubDb db, string? reference, string address, CancellationToken ct)
    {
        var key = EmailAddress.KeyOf(address);
        var booking = await db.Bookings.AsNoTracking().Where(one => one.Reference == reference)
            .Select(one => new { one.Id, one.BookerName, one.BookerEmail, one.OrganisationName }).SingleOrDefaultAsync(ct);
        if (booking is null)
        {
            return [];
        }

        var places = await (
            from place in db.LivePlaces
            join person in db.People on place.PersonId equals person.Id
            where place.BookingId == booking.Id && person.EmailKey == key
            orderby place.Id
            select new { place.Id, PersonId = person.Id, person.Name, person.NameKey }).ToListAsync(ct);
        var people = places.DistinctBy(place => place.PersonId).ToList();
        if (EmailAddress.KeyOf(booking.BookerEmail ?? "") != key)
        {
            return [.. people.Select(one => new AddressOwner(booking.Id, false, one.Id, one.Name, null))];
        }

        var own = people.Find(one => one.NameKey == PersonKey.NameOf(booking.BookerName ?? ""));
        return
        [
            new(booking.Id, true, own?.Id, booking.BookerName ?? "", booking.OrganisationName),
            .. people.Where(one => one != own).Select(one => new AddressOwner(booking.Id, false, one.Id, one.Name, null)),
        ];
    }
}
