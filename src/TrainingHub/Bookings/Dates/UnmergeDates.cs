using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>Who was on a date, or waited for one, before it was merged into another.</summary>
/// <param name="ToId"></param>
/// <param name="Moved">Places that moved, by booking.</param>
/// <param name="MovedEarlier">Those of them that the partnership had moved before.</param>
/// <param name="Ended">Places of people who were booked there already, and the waiting list.</param>
internal sealed record MergedBefore(Guid ToId, IReadOnlyList<BookingBefore> Moved, IReadOnlyList<Guid> MovedEarlier, DateBefore Ended)
{
    public const string Kind = "merge-dates";

    [JsonIgnore]
    public IReadOnlyList<PlaceBefore> MovedPlaces => [.. Moved.SelectMany(one => one.Before.Places)];

    public static MergedBefore Of(Guid toId, MergePlan plan) => new(
        toId,
        [.. plan.Bookings.Where(one => one.Moving.Count > 0).Select(one => new BookingBefore(one.Booking.Id, CancelledBefore.Of(one.Booking, one.Moving)))],
        [.. plan.Moving.Where(place => place.MovedByUsAt is not null).Select(place => place.Id)],
        new(
            [.. plan.Bookings.Where(one => one.Ending.Count > 0).Select(one => new BookingBefore(one.Booking.Id, CancelledBefore.Of(one.Booking, one.Ending)))],
            [.. plan.Waiting.Select(entry => entry.Id)]));
}

/// <summary>
/// Takes a merge of dates back: the date is on again (<see cref="RestoreDate"/>) and those who were moved are on it, all of them or none.
/// Nobody could book it meanwhile, so the seats are there; the table's CHECK is the last word. Refused once anything was done to a place
/// or booking that moved, or its people were written to again. Money is its caller's, whose transaction this joins.
/// </summary>
internal sealed class UnmergeDates(TrainingHubDb db, RestoreDate date)
{
    /// <summary>True until the commit when the rows of both dates are locked.</summary>
    public async Task<UndoRefused?> WhyNotAsync(Guid runId, MergedBefore before, DateTimeOffset at, DateTimeOffset now, CancellationToken ct)
    {
        if (await date.WhyNotAsync(runId, before.Ended, at, now, ct) is { } refused)
        {
            return refused;
        }

        var (ids, bookings) = (before.MovedPlaces.Select(place => place.PlaceId).ToList(), before.Moved.Select(one => one.BookingId).ToList());
        var places = await db.Places.AsNoTracking().Where(place => ids.Contains(place.Id) && place.RunId == before.ToId && place.MovedByUsAt == at)
            .Select(place => new { place.Id, place.State, place.PersonId }).ToDictionaryAsync(place => place.Id, ct);
        var states = await db.Bookings.AsNoTracking().Where(booking => bookings.Contains(booking.Id))
            .Select(booking => new { booking.Id, booking.State, booking.Reference }).ToDictionaryAsync(booking => booking.Id, ct);
        var isAsLeft = before.MovedPlaces.All(place =>
                places.TryGetValue(place.PlaceId, out var found) && found.State == place.State && (found.PersonId is not null || !place.HasPerson))
            && before.Moved.All(one => states.TryGetValue(one.BookingId, out var found) && found.State == one.Before.State);
        var references = states.Values.Select(booking => booking.Reference).ToList();
        return !isAsLeft ? new(UndoRefusal.ChangedSince, "Somebody who was moved has changed their booking since.")
            : await db.OutgoingEmails.AnyAsync(email => references.Contains(email.About!) && email.CreatedAt > at, ct)
                ? new(UndoRefusal.ChangedSince, "Somebody who was moved has been written to since.")
            : null;
    }

    /// <summary>After <see cref="WhyNotAsync"/>, with the rows of both dates locked.</summary>
    public async Task<UndoRefused?> RunAsync(Guid runId, MergedBefore before, DateTimeOffset at, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        if (await date.RunAsync(runId, before.Ended, at, now, ct) is { } refused)
        {
            return refused;
        }

        await MoveBackAsync(runId, before, now, ct);
        var note = $"The act of {London.Moment(at)}.";
        HistoryEntry.Add<CourseRun>(db, before.ToId, by, Undone(MergeDates.TakenInAct), [], now, note);
        foreach (var one in before.Moved)
        {
            HistoryEntry.Add<Booking>(db, one.BookingId, by, Undone(MergeDates.MovedAct), [], now, note);
        }

        return null;
    }

    private static string Undone(string act) => $"Undone: {char.ToLowerInvariant(act[0])}{act[1..]}";

    private async Task MoveBackAsync(Guid runId, MergedBefore before, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] ids = [.. before.MovedPlaces.Select(place => place.PlaceId)];
        Guid[] earlier = [.. before.MovedEarlier];
        if (ids.Length == 0)
        {
            return;
        }

        // Both dates are counted in one update. What calendars read meanwhile has to be followed by something newer.
        var counted = await db.Database.ExecuteSqlAsync(
            $"""
            with back as (
                update places
                set run_id = here.id,
                    moved_by_us_at = case when places.id = any({earlier}) then places.moved_by_us_at end,
                    calendar_number = greatest(0, there.change_number + places.calendar_number + 2 - here.change_number)
                from course_runs here, course_runs there
                where places.id = any({ids})
                  and places.ended_at is null
                  and places.run_id = there.id
                  and there.id = {before.ToId}
                  and here.id = {runId}
                returning places.booking_id
            )
            update course_runs
            set places_taken = places_taken + side.sign * (select count(*)::int from back),
                held_back_taken = held_back_taken + side.sign * (
                    select count(*)::int
                    from back
                    join bookings on bookings.id = back.booking_id
                    where bookings.sector_id = course_runs.held_back_for_id),
                counted_at = {now}
            from (values ({runId}, 1), ({before.ToId}, -1)) as side (id, sign)
            where course_runs.id = side.id
              and (select count(*) from back) = {ids.Length}
            """,
            ct);
        if (counted != 2)
        {
            throw new InvalidOperationException($"Not all of the {ids.Length} places are on date {before.ToId}.");
        }
    }
}
