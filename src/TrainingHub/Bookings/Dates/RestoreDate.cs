using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <param name="BookingId"></param>
/// <param name="Before">With its places on the date.</param>
internal sealed record BookingBefore(Guid BookingId, CancelledBefore Before);

/// <summary>Who had a place on a date, or waited for one, before it was cancelled.</summary>
internal sealed record DateBefore(IReadOnlyList<BookingBefore> Bookings, IReadOnlyList<Guid> Waiting)
{
    public const string Kind = "cancel-date";

    public static DateBefore Of(DatePeople people) => new(
        [.. people.Bookings.Select(on => new BookingBefore(on.Booking.Id, CancelledBefore.Of(on.Booking, on.Places)))],
        [.. people.Waiting.Select(entry => entry.Id)]);
}

/// <summary>
/// Takes back that a date was cancelled: the places that this act ended, and no others, are what they were, and so are their bookings and
/// the waiting list. Nobody could book a cancelled date, so the seats are there; the table's CHECK is the last word. Refused when a booker
/// has chosen another date. Money is its caller's, whose transaction this joins.
/// </summary>
internal sealed class RestoreDate(TrainingHubDb db)
{
    /// <summary>True until the commit when the date's row is locked.</summary>
    public async Task<UndoRefused?> WhyNotAsync(Guid runId, DateBefore before, DateTimeOffset cancelledAt, DateTimeOffset now, CancellationToken ct)
    {
        var run = await db.CourseRuns.AsNoTracking().SingleOrDefaultAsync(one => one.Id == runId, ct);
        if (run is not { State: RunState.Cancelled } || run.CancelledAt != cancelledAt)
        {
            return UndoRefused.Changed("The date");
        }

        if (run.StartsAt <= now)
        {
            return UndoRefused.Begun;
        }

        var ended = await db.Places.AsNoTracking()
            .Where(place => place.RunId == runId && place.State == PlaceState.Cancelled && place.EndedAt == cancelledAt)
            .Select(place => new { place.Id, place.PersonId })
            .ToDictionaryAsync(place => place.Id, ct);
        if (!before.Bookings.SelectMany(one => one.Before.Places).All(place =>
            ended.TryGetValue(place.PlaceId, out var found) && (found.PersonId is not null || !place.HasPerson)))
        {
            return new(UndoRefusal.ChangedSince, "Somebody who was booked has chosen another date since.");
        }

        if (await TakeBackCancel.AreAwardsUsedAsync(db, [.. ended.Keys], ct))
        {
            return TakeBackCancel.AwardUsed;
        }

        var ids = before.Bookings.Select(one => one.BookingId).ToList();
        var bookings = await db.Bookings.AsNoTracking().Where(booking => ids.Contains(booking.Id)).ToDictionaryAsync(booking => booking.Id, ct);
        return before.Bookings.All(one => bookings.TryGetValue(one.BookingId, out var booking)
            && (booking.State == BookingState.Cancelled ? booking.CancelledAt == cancelledAt : booking.State == one.Before.State))
            ? null
            : UndoRefused.Changed("A booking on the date");
    }

    /// <summary>After <see cref="WhyNotAsync"/>, with the date's row locked.</summary>
    public async Task<UndoRefused?> RunAsync(Guid runId, DateBefore before, DateTimeOffset cancelledAt, DateTimeOffset now, CancellationToken ct)
    {
        await SeatAsync(runId, [.. before.Bookings.SelectMany(one => one.Before.Places)], cancelledAt, now, ct);
        foreach (var (id, was) in before.Bookings)
        {
            var booking = await db.Bookings.SingleAsync(one => one.Id == id, ct);
            if (booking.State == BookingState.Cancelled)
            {
                booking.TakeBackCancelling(was.State, was.HeldUntil);
                await TakeBackCancel.ReopenApplicationAsync(db, booking, cancelledAt, ct);
            }
        }

        foreach (var entry in await db.WaitingListEntries.Where(one => before.Waiting.Contains(one.Id) && one.State == WaitingState.Left).ToListAsync(ct))
        {
            entry.WaitAgain();
            WaitingListEvent.Add(db, entry.Id, WaitingEventKind.WaitsAgain, now);
        }

        await db.SaveChangesAsync(ct);
        return null;
    }

    // Calendars that read meanwhile that it is cancelled have to find something newer.
    private Task<int> SeatAsync(Guid runId, IReadOnlyList<PlaceBefore> places, DateTimeOffset cancelledAt, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] ids = [.. places.Select(place => place.PlaceId)];
        string[] states = [.. places.Select(place => place.State.ToString())];
        return db.Database.ExecuteSqlAsync(
            $"""
            with seated as (
                update places
                set state = before.state, ended_at = null
                from unnest({ids}, {states}) as before (id, state)
                where places.id = before.id
                  and places.run_id = {runId}
                  and places.state = 'Cancelled'
                  and places.ended_at = {cancelledAt}
                returning places.booking_id
            )
            update course_runs
            set state = 'Scheduled', cancelled_at = null, cancel_reason = null, choose_until = null,
                change_number = change_number + 2,
                places_taken = places_taken + (select count(*) from seated),
                held_back_taken = held_back_taken + (
                    select count(*)
                    from seated
                    join bookings on bookings.id = seated.booking_id
                    where bookings.sector_id = course_runs.held_back_for_id),
                counted_at = {now}
            where id = {runId}
              and state = 'Cancelled'
              and cancelled_at = {cancelledAt}
            """,
            ct);
    }
}
