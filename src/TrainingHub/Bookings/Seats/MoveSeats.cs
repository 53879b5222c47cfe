using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

internal enum MoveSeatsRefusal
{
    /// <summary>Fewer places are left there than are to move, or it cannot be booked.</summary>
    Full,

    /// <summary>One of the people has a place there already.</summary>
    AlreadyThere,
}

internal enum SeatsFor
{
    /// <summary>A booking like others: not after the closing of the date.</summary>
    Booker,

    /// <summary>Staff move people until the date begins.</summary>
    Staff,

    /// <summary>As staff do, everybody of a date and unasked: so they may cancel, or choose another date, at no charge.</summary>
    Merge,
}

/// <param name="Places">All of them on one date.</param>
/// <param name="SectorId">Of the booking: places that are held back for another are not taken.</param>
/// <param name="From">The date that they are on, or were.</param>
/// <param name="ToId"></param>
/// <param name="For"></param>
internal sealed record SeatMove(IReadOnlyList<Place> Places, Guid SectorId, CourseRun From, Guid ToId, SeatsFor For);

/// <summary>
/// Takes seats on one date for places that are on another, and frees those there: all or none, by one conditional statement under the
/// locks of both dates, with the table's CHECK as the last word. What had ended with a cancelled date is confirmed again.
/// </summary>
internal static class MoveSeats
{
    /// <summary>Locks one date more than <see cref="BookingLock"/> does, in the same order, so that nothing that locks dates deadlocks with it.</summary>
    public static async Task<Dictionary<Guid, CourseRun>> LockAsync(TrainingHubDb db, Guid bookingId, Guid toId, CancellationToken ct)
    {
        var runs = await db.CourseRuns.FromSql(
            $"""
            select *
            from course_runs
            where id = {toId}
               or id in (select run_id from places where booking_id = {bookingId})
            order by id
            for no key update
            """).AsNoTracking().ToListAsync(ct);
        return runs.ToDictionary(run => run.Id);
    }

    /// <returns>Null when they have moved.</returns>
    public static async Task<MoveSeatsRefusal?> TryAsync(TrainingHubDb db, SeatMove move, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] ids = [.. move.Places.Select(place => place.Id)];
        var freed = move.From.State == RunState.Cancelled ? 0 : ids.Length;
        var freedHeldBack = move.From.HeldBackForId == move.SectorId ? freed : 0;
        var people = move.Places.Select(place => place.PersonId).OfType<Guid>().ToList();
        if (await db.LivePlaces.AnyAsync(place => place.RunId == move.ToId && place.PersonId != null && people.Contains(place.PersonId.Value), ct))
        {
            return MoveSeatsRefusal.AlreadyThere;
        }

        var moved = await db.Database.ExecuteSqlAsync(
            $"""
            with seat as (
                update course_runs
                set places_taken = places_taken + {ids.Length},
                    held_back_taken = held_back_taken + case when held_back_for_id = {move.SectorId} then {ids.Length} else 0 end,
                    counted_at = {now}
                where id = {move.ToId}
                  and state = 'Scheduled'
                  and starts_at > {now}
                  and ({move.For != SeatsFor.Booker} or books_until is null or books_until > {now})
                  and places_left_for(course_runs, {move.SectorId}, {now}) >= {ids.Length}
                  and awards_have_room_for({ids})
                returning id, change_number
            ),
            freed as (
                update course_runs
                set places_taken = places_taken - {freed}, held_back_taken = held_back_taken - {freedHeldBack}
                where id = {move.From.Id}
                  and {freed} > 0
                  and exists (select from seat)
            )
            update places
            set run_id = seat.id, state = case state when 'Held' then state else 'Confirmed' end, ended_at = null,
                -- Whoever chose the date has agreed to it.
                moved_by_us_at = case when {move.For == SeatsFor.Merge} then {now} when {move.For == SeatsFor.Staff} then moved_by_us_at end,
                -- Who is to come is asked by another day.
                name_asked_at = null,
                -- Newer than the entry in calendars, also than one that says that the date is cancelled.
                calendar_number = greatest(0, {move.From.ChangeNumber} + calendar_number + 2 - seat.change_number)
            from seat
            where places.id = any({ids})
            """,
            ct);
        return moved == ids.Length ? null : MoveSeatsRefusal.Full;
    }
}
