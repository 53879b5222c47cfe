using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TrainingHub.Bookings;

/// <summary>The statements that move places and the seat counter of their date together. Run under <see cref="BookingLock"/>.</summary>
internal static class PlaceSeats
{
    private const string Savepoint = "seat_again";

    /// <summary>Ends these places and frees their seats. What has ended already is left as it is.</summary>
    public static Task EndAsync(TrainingHubDb db, IEnumerable<Place> places, PlaceState end, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] ids = [.. places.Select(place => place.Id)];
        return db.Database.ExecuteSqlAsync(
            $"""
            with ended as (
                update live_places
                set state = {end.ToString()}, ended_at = {now}
                where id = any({ids})
                returning run_id, booking_id
            ),
            freed as (
                select run.id, count(*)::int as places, count(*) filter (where booking.sector_id = run.held_back_for_id)::int as held_back
                from ended
                join course_runs run on run.id = ended.run_id
                join bookings booking on booking.id = ended.booking_id
                group by run.id
            )
            update course_runs
            set places_taken = places_taken - freed.places, held_back_taken = held_back_taken - freed.held_back
            from freed
            where course_runs.id = freed.id
            """,
            ct);
    }

    /// <summary>
    /// Seats all places of a lapsed booking again, or none: one of its dates may be full by now, closed or begun, or one of the
    /// delegates may have come by another place. It was booked in time, so it does not matter that booking has closed since. All that is
    /// looked at first; the table's constraints are the last word. A refusal leaves the caller's transaction usable.
    /// </summary>
    public static async Task<bool> TrySeatAgainAsync(TrainingHubDb db, Guid bookingId, DateTimeOffset now, CancellationToken ct)
    {
        var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("Seating again needs a transaction.");
        await transaction.CreateSavepointAsync(Savepoint, ct);
        try
        {
            return await SeatAgainAsync(db, bookingId, now, ct) > 0;
        }
        catch (PostgresException refused) when (BookPlaceRows.IsRefusal(refused))
        {
            await transaction.RollbackToSavepointAsync(Savepoint, ct);
            return false;
        }
    }

    private static Task<int> SeatAgainAsync(TrainingHubDb db, Guid bookingId, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            with wanted as (
                select place.run_id, booking.sector_id, count(*)::int as places
                from places place
                join bookings booking on booking.id = place.booking_id
                where place.booking_id = {bookingId}
                  and place.state = 'Expired'
                group by place.run_id, booking.sector_id
            ),
            open as (
                select count(*) as dates
                from wanted
                join course_runs run on run.id = wanted.run_id
                where run.state = 'Scheduled'
                  and run.starts_at > {now}
                  and places_left_for(run, wanted.sector_id, {now}) >= wanted.places
                  and not exists (
                      select
                      from places mine
                      join live_places other on other.run_id = mine.run_id and other.person_id = mine.person_id
                      where mine.booking_id = {bookingId}
                        and mine.run_id = run.id
                        and mine.state = 'Expired'
                  )
            ),
            seat as (
                update course_runs
                set places_taken = places_taken + wanted.places,
                    held_back_taken = held_back_taken + case when held_back_for_id = wanted.sector_id then wanted.places else 0 end,
                    counted_at = {now}
                from wanted
                where id = wanted.run_id
                  and (select dates from open) = (select count(*) from wanted)
                returning id
            )
            update places
            set state = 'Confirmed', ended_at = null
            from seat
            where booking_id = {bookingId}
              and run_id = seat.id
              and places.state = 'Expired'
            """,
            ct);

    /// <summary>
    /// Seats again those places that one act ended at that instant, each as what it was: all or none, by the condition by which a booking
    /// takes seats, but before whoever waits: what is not offered yet is still theirs. Its calendar entry becomes newer than the one that said that it is cancelled.
    /// </summary>
    public static async Task<bool> TakeBackAsync(
        TrainingHubDb db, IReadOnlyList<PlaceBefore> places, DateTimeOffset endedAt, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] ids = [.. places.Select(place => place.PlaceId)];
        string[] states = [.. places.Select(place => place.State.ToString())];
        var seated = await db.Database.ExecuteSqlAsync(
            $"""
            with wanted as (
                select place.run_id, booking.sector_id, count(*)::int as places
                from places place
                join bookings booking on booking.id = place.booking_id
                where place.id = any({ids})
                  and place.state = 'Cancelled'
                  and place.ended_at = {endedAt}
                group by place.run_id, booking.sector_id
            ),
            seat as (
                update course_runs
                set places_taken = places_taken + wanted.places,
                    held_back_taken = held_back_taken + case when held_back_for_id = wanted.sector_id then wanted.places else 0 end,
                    counted_at = {now}
                from wanted
                where id = wanted.run_id
                  and state = 'Scheduled'
                  and starts_at > {now}
                  and places_not_offered(course_runs, wanted.sector_id, {now}) >= wanted.places
                  and awards_have_room_for({ids})
                returning id
            )
            update places
            set state = before.state, ended_at = null, calendar_number = calendar_number + 2
            from seat, unnest({ids}, {states}) as before (id, state)
            where places.id = before.id
              and places.run_id = seat.id
              and places.state = 'Cancelled'
              and places.ended_at = {endedAt}
            """,
            ct);
        return seated == ids.Length;
    }
}
