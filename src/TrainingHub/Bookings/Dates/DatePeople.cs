using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Bookings;

/// <summary>One booking that has live places on a date.</summary>
/// <param name="Booking"></param>
/// <param name="Places">Those on this date, in the order of booking.</param>
/// <param name="Others">The booking's live places on other dates, in the order of booking.</param>
internal sealed record BookingOnDate(Booking Booking, IReadOnlyList<Place> Places, IReadOnlyList<Place> Others);

/// <summary>Everybody who has something to do with a date. Complete and true only while its row is locked.</summary>
internal sealed record DatePeople(IReadOnlyList<BookingOnDate> Bookings, IReadOnlyList<WaitingListEntry> Waiting)
{
    public static async Task<DatePeople> ReadAsync(TrainingHubDb db, Guid runId, CancellationToken ct)
    {
        var bookings = await db.Bookings
            .Where(booking => db.LivePlaces.Any(place => place.BookingId == booking.Id && place.RunId == runId))
            .OrderBy(booking => booking.Id)
            .ToListAsync(ct);
        var ids = bookings.Select(booking => booking.Id).ToList();
        var places = await db.Places
            .Where(place => ids.Contains(place.BookingId) && db.LivePlaces.Any(live => live.Id == place.Id))
            .OrderBy(place => place.Id)
            .ToListAsync(ct);
        var byBooking = places.ToLookup(place => place.BookingId);
        var waiting = await db.WaitingListEntries
            .Where(entry => entry.RunId == runId).Where(WaitingListEntry.IsLive).InOrder()
            .ToListAsync(ct);
        return new(
            [.. bookings.Select(booking => new BookingOnDate(
                booking,
                [.. byBooking[booking.Id].Where(place => place.RunId == runId)],
                [.. byBooking[booking.Id].Where(place => place.RunId != runId)]))],
            waiting);
    }

    /// <summary>Waits for all that is done to places of the date, and holds it off until the transaction ends: <see cref="BookingLock"/> takes this row too.</summary>
    public static Task<Catalogue.CourseRun?> LockAsync(TrainingHubDb db, Guid runId, CancellationToken ct) =>
        db.CourseRuns.FromSql($"select * from course_runs where id = {runId} for no key update").SingleOrDefaultAsync(ct);
}
