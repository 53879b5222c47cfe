using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Bookings;

/// <summary>
/// The one lock of this room. Everything that changes places takes the row of the date first, as booking does: so two changes of
/// one date queue, what is read after it is true until the commit, and no two deadlock.
/// </summary>
internal static class BookingLock
{
    /// <summary>Locks the booking's dates, in the order of their ids, and reads the booking with all its places afresh.</summary>
    /// <returns>Null when there is no such booking.</returns>
    public static async Task<LockedBooking?> TakeAsync(TrainingHubDb db, Guid bookingId, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A lock without a transaction holds nothing.");
        }

        var dates = await db.Database.SqlQuery<LockedDate>(
            $"""
            select id as "Id", starts_at as "StartsAt"
            from course_runs
            where id in (select run_id from places where booking_id = {bookingId})
            order by id
            for no key update
            """).ToListAsync(ct);
        ForgetOlderReadings(db, bookingId);
        var booking = await db.Bookings.SingleOrDefaultAsync(one => one.Id == bookingId, ct);
        if (booking is null)
        {
            return null;
        }

        var places = await db.Places.Where(place => place.BookingId == bookingId).OrderBy(place => place.Id).ToListAsync(ct);
        return new(booking, places, dates);
    }

    private static void ForgetOlderReadings(TrainingHubDb db, Guid bookingId)
    {
        foreach (var entry in db.ChangeTracker.Entries().ToList())
        {
            var isOfBooking = entry.Entity is Booking booking && booking.Id == bookingId
                || entry.Entity is Place place && place.BookingId == bookingId;
            if (isOfBooking && entry.State == EntityState.Unchanged)
            {
                entry.State = EntityState.Detached;
            }
        }
    }
}

internal sealed record LockedDate(Guid Id, DateTimeOffset StartsAt);

/// <summary>A booking with all its places, in the order of booking, and its dates, which are locked.</summary>
internal sealed record LockedBooking(Booking Booking, IReadOnlyList<Place> Places, IReadOnlyList<LockedDate> Dates)
{
    public IReadOnlyList<Place> LivePlaces => [.. Places.Where(place => place.IsLive)];

    /// <summary>When the first of the dates begins on which the booking has a place.</summary>
    public DateTimeOffset FirstStartsAt => LivePlaces.Min(StartOf);

    public bool HasBegun(Place place, DateTimeOffset now) => StartOf(place) <= now;

    private DateTimeOffset StartOf(Place place) => Dates.First(date => date.Id == place.RunId).StartsAt;
}
