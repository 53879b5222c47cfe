using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform.Data;

namespace TrainingHub.Bookings;

/// <summary>Bookings by the whole or a part of a reference, of the booker's name or address, of the organisation, or of somebody on them.</summary>
internal static class FindBookings
{
    /// <summary>Of each way in which a booking may be found. Who finds so many has to say more.</summary>
    public const int Most = 500;

    /// <summary>In no order.</summary>
    public static IQueryable<Guid> Ids(TrainingHubDb db, SearchText text)
    {
        var organisation = db.Bookings.AsQueryable();
        foreach (var pattern in text.NamePatterns)
        {
            organisation = organisation.Where(booking => EF.Functions.Like(booking.OrganisationKey!, pattern, SearchText.Escape));
        }

        var people = FindPeople.Ids(db, text, Most);
        return ByBooker(db, text, Most)
            .Union(organisation.Some(Most).Select(booking => booking.Id))
            .Union(db.Places.Where(place => place.PersonId != null && people.Contains(place.PersonId.Value)).Some(Most).Select(place => place.BookingId));
    }

    /// <summary>Those that say it of themselves: by their reference, or by who booked.</summary>
    public static IQueryable<Guid> ByBooker(TrainingHubDb db, SearchText text, int most)
    {
        var named = db.Bookings.AsQueryable();
        foreach (var pattern in text.NamePatterns)
        {
            named = named.Where(booking => EF.Functions.Like(booking.BookerKey!, pattern, SearchText.Escape));
        }

        var ids = named.Some(most).Select(booking => booking.Id);
        if (text.EmailPattern is { } email)
        {
            ids = ids.Union(db.Bookings.Where(booking => EF.Functions.ILike(booking.BookerEmail!, email, SearchText.Escape)).Some(most).Select(booking => booking.Id));
        }

        return text.ReferencePart is { } part
            ? ids.Union(db.Bookings.Where(booking => EF.Functions.Like(booking.Reference, SearchText.Within(part), SearchText.Escape)).Some(most).Select(booking => booking.Id))
            : ids;
    }
}
