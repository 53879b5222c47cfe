using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Bookings.Pages;

/// <summary>An order that belongs with another: its people were added to that one, or that one's to it.</summary>
/// <param name="Id"></param>
/// <param name="Reference"></param>
/// <param name="Places">Live ones.</param>
/// <param name="IsFirst">The one to which people were added.</param>
internal sealed record LinkedBooking(Guid Id, string Reference, int Places, bool IsFirst)
{
    private const int Most = 20;

    public static Task<List<LinkedBooking>> OfAsync(TrainingHubDb db, Booking booking, CancellationToken ct) =>
        db.Bookings
            .Where(other => other.Id == booking.AddedToId || other.AddedToId == booking.Id)
            .Where(other => other.State == BookingState.Held || other.State == BookingState.Confirmed)
            .OrderBy(other => other.CreatedAt).ThenBy(other => other.Id)
            .Take(Most)
            .Select(other => new LinkedBooking(other.Id, other.Reference, db.LivePlaces.Count(place => place.BookingId == other.Id), other.Id == booking.AddedToId))
            .ToListAsync(ct);
}
