using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum ChooseDateResult
{
    Moved,

    /// <summary>These places may not be moved, or not any more.</summary>
    NotOffered,

    /// <summary>Fewer places are left there than are to move, or it cannot be booked.</summary>
    Full,

    /// <summary>One of the people has a place there already.</summary>
    AlreadyThere,
}

/// <summary>
/// Moves the places that a booking has, or had, on a date which the partnership cancelled or moved, to another date of the course: all of
/// them or none, at their old price, so that no money moves. A cancelled date offers this until <see cref="CourseRun.ChooseUntil"/>, a
/// moved one until it begins to those who booked before. To the date that is chosen it is a booking like others: not after its closing,
/// and no place that is held back for another sector. Tells the booker and each delegate.
/// </summary>
internal sealed class ChooseDate(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <summary>The places of a confirmed booking that the booker may give another date.</summary>
    public static IQueryable<Place> Offered(TrainingHubDb db, Guid bookingId, DateTimeOffset now) =>
        from place in db.Places
        join booking in db.Bookings on place.BookingId equals booking.Id
        join run in db.CourseRuns on place.RunId equals run.Id
        where place.BookingId == bookingId && booking.ConfirmedAt != null
        where db.PlacesEndedWithDate.Any(ended => ended.PlaceId == place.Id && now < ended.ChooseUntil)
            || (place.State == PlaceState.Confirmed && run.State == RunState.Scheduled && run.MovedAt > place.CreatedAt && now < run.StartsAt)
        select place;

    public async Task<ChooseDateResult> RunAsync(Guid bookingId, Guid fromId, Guid toId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var runs = await LockAsync(bookingId, toId, ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct);
        var now = clock.GetUtcNow();
        if (locked is null || fromId == toId || !runs.TryGetValue(fromId, out var from) || !runs.TryGetValue(toId, out var to) || from.CourseId != to.CourseId)
        {
            return ChooseDateResult.NotOffered;
        }

        var offered = await Offered(db, bookingId, now).Where(place => place.RunId == fromId).Select(place => place.Id).ToListAsync(ct);
        var moving = locked.Places.Where(place => offered.Contains(place.Id)).ToList();
        if (moving.Count == 0)
        {
            return ChooseDateResult.NotOffered;
        }

        var before = await BookingSummaries.ReadAsync(db, locked.Booking, moving, ct);
        if (await MoveAsync(moving, locked.Booking.SectorId, from, toId, now, ct) is { } refusal)
        {
            return refusal;
        }

        if (locked.Booking.State == BookingState.Cancelled)
        {
            locked.Booking.Reopen();
        }

        await TellAsync(locked.Booking, before, toId, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ChooseDateResult.Moved;
    }

    // One more than BookingLock takes, in the same order, so that nothing that locks dates deadlocks with it.
    private async Task<Dictionary<Guid, CourseRun>> LockAsync(Guid bookingId, Guid toId, CancellationToken ct)
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

    private async Task<ChooseDateResult?> MoveAsync(List<Place> moving, Guid sectorId, CourseRun from, Guid toId, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] ids = [.. moving.Select(place => place.Id)];
        var freed = from.State == RunState.Cancelled ? 0 : ids.Length;
        var freedHeldBack = from.HeldBackForId == sectorId ? freed : 0;
        var people = moving.Select(place => place.PersonId).OfType<Guid>().ToList();
        if (await db.LivePlaces.AnyAsync(place => place.RunId == toId && place.PersonId != null && people.Contains(place.PersonId.Value), ct))
        {
            return ChooseDateResult.AlreadyThere;
        }

        var moved = await db.Database.ExecuteSqlAsync(
            $"""
            with seat as (
                update course_runs
                set places_taken = places_taken + {ids.Length},
                    held_back_taken = held_back_taken + case when held_back_for_id = {sectorId} then {ids.Length} else 0 end,
                    counted_at = {now}
                where id = {toId}
                  and state = 'Scheduled'
                  and least(books_until, starts_at) > {now}
                  and places_left_for(course_runs, {sectorId}, {now}) >= {ids.Length}
                returning id
            ),
            freed as (
                update course_runs
                set places_taken = places_taken - {freed}, held_back_taken = held_back_taken - {freedHeldBack}
                where id = {from.Id}
                  and {freed} > 0
                  and exists (select from seat)
            )
            update places
            set run_id = seat.id, state = 'Confirmed', ended_at = null
            from seat
            where places.id = any({ids})
            """,
            ct);
        return moved == ids.Length ? null : ChooseDateResult.Full;
    }

    private async Task TellAsync(Booking booking, BookingSummary before, Guid toId, DateTimeOffset now, CancellationToken ct)
    {
        var to = await BookingSummaries.RunAsync(db, toId, ct) ?? throw new InvalidOperationException($"There is no date {toId}.");
        var emails = await BookingSummaries.EmailsAsync(db, booking, before, site.Value, now, ct);
        BookingSummaries.TellBooker(db, booking, emails.DateChosen(to), now);
        foreach (var person in before.DelegatesBesideBooker)
        {
            db.Add(OutgoingEmail.To(person.Email, BookingEmails.DateChosenFor(person, before, to, site.Value), now, booking.Reference));
        }
    }
}
