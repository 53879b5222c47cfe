using Microsoft.EntityFrameworkCore;
using TrainingHub.People;

namespace TrainingHub.Bookings;

/// <summary>
/// What a booker who is signed in need not type again: how they last booked with this address, and whom they booked. Never access needs, which
/// each person is asked anew, nor the number of a purchase order.
/// </summary>
/// <param name="Name"></param>
/// <param name="Email"></param>
/// <param name="Organisation"></param>
/// <param name="SectorId"></param>
/// <param name="AreaId"></param>
/// <param name="InvoiceEmail">Of the last booking that was invoiced.</param>
/// <param name="People">The latest first; at most <see cref="MostPeople"/>.</param>
internal sealed record KnownBooker(
    string Name, string Email, string? Organisation, Guid SectorId, Guid AreaId, string? InvoiceEmail, IReadOnlyList<KnownPerson> People)
{
    public const int MostPeople = 40;

    /// <param name="db"></param>
    /// <param name="email">As <see cref="Platform.Email.EmailAddress.KeyOf"/> gives it.</param>
    /// <param name="ct"></param>
    /// <returns>Null when nothing was booked with the address here.</returns>
    public static async Task<KnownBooker?> FindAsync(TrainingHubDb db, string email, CancellationToken ct)
    {
        var mine = db.Bookings.AsNoTracking().Where(booking => booking.BookerEmailKey == email && Booking.TakenHere.Contains(booking.Origin));
        var latest = mine.OrderByDescending(booking => booking.CreatedAt).ThenBy(booking => booking.Id);
        if (await latest.FirstOrDefaultAsync(ct) is not { BookerName: { } name, BookerEmail: { } address } last)
        {
            return null;
        }

        var invoiced = await latest.Where(booking => booking.InvoiceEmail != null).Select(booking => booking.InvoiceEmail).FirstOrDefaultAsync(ct);
        var people = await (
            from place in db.Places
            join booking in mine on place.BookingId equals booking.Id
            join person in db.People on place.PersonId equals person.Id
            group place.CreatedAt by new { person.Id, person.Name, person.Email } into one
            orderby one.Max() descending, one.Key.Id
            select new KnownPerson(one.Key.Id, one.Key.Name, one.Key.Email)).Take(MostPeople).ToListAsync(ct);
        return new(name, address, last.OrganisationName, last.SectorId, last.AreaId, invoiced, people);
    }
}

internal sealed record KnownPerson(Guid Id, string Name, string Email)
{
    public PersonKey Key => PersonKey.Of(Email, Name);
}
