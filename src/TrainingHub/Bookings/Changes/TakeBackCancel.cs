using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <param name="PlaceId"></param>
/// <param name="State">Live.</param>
/// <param name="HasPerson">One who is forgotten since does not come back.</param>
internal sealed record PlaceBefore(Guid PlaceId, PlaceState State, bool HasPerson);

/// <summary>A booking before places of it were cancelled.</summary>
/// <param name="State"></param>
/// <param name="HeldUntil"></param>
/// <param name="Places">Those that were cancelled.</param>
internal sealed record CancelledBefore(BookingState State, DateTimeOffset? HeldUntil, IReadOnlyList<PlaceBefore> Places)
{
    public const string Kind = "cancel-places";

    public static CancelledBefore Of(Booking booking, IEnumerable<Place> ending) =>
        new(booking.State, booking.HeldUntil, [.. ending.Select(place => new PlaceBefore(place.Id, place.State, place.PersonId is not null))]);
}

/// <summary>
/// Gives a booking back the places that staff cancelled, all of them or none: each takes a seat by the condition by which a booking does,
/// so one that was sold meanwhile is not sold twice. The money is its caller's, whose transaction this joins.
/// </summary>
internal sealed class TakeBackCancel(TrainingHubDb db)
{
    /// <summary>Whether booking and places are as the act left them, and the dates could still be booked. True until the commit under <see cref="BookingLock"/>.</summary>
    public async Task<UndoRefused?> WhyNotAsync(Guid bookingId, CancelledBefore before, DateTimeOffset endedAt, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] ids = [.. before.Places.Select(place => place.PlaceId)];
        var booking = await db.Bookings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == bookingId, ct);
        var places = await (
            from place in db.Places.AsNoTracking()
            join run in db.CourseRuns on place.RunId equals run.Id
            where ids.Contains(place.Id) && place.BookingId == bookingId && place.State == PlaceState.Cancelled && place.EndedAt == endedAt
            select new { place.Id, place.PersonId, place.RunId, run.State, run.StartsAt }).ToListAsync(ct);
        var isAsLeft = booking is not null && places.Count == ids.Length
            && (booking.State == BookingState.Cancelled ? booking.CancelledAt == endedAt : booking.State == before.State)
            && places.TrueForAll(place => place.PersonId is not null || !before.Places.First(one => one.PlaceId == place.Id).HasPerson);
        if (!isAsLeft)
        {
            return UndoRefused.Changed("The booking");
        }

        if (places.Exists(place => place.StartsAt <= now))
        {
            return UndoRefused.Begun;
        }

        if (places.Exists(place => place.State != RunState.Scheduled))
        {
            return new(UndoRefusal.ChangedSince, "The date has been cancelled since.");
        }

        var people = places.ConvertAll(place => place.PersonId);
        var runs = places.ConvertAll(place => place.RunId);
        return await db.LivePlaces.AnyAsync(place => place.PersonId != null && people.Contains(place.PersonId) && runs.Contains(place.RunId), ct)
            ? new(UndoRefusal.ChangedSince, "The person has another place on the date by now.")
            : await AreFullAsync(ids, booking!.SectorId, now, ct) ? UndoRefused.SeatTaken
            : await AreAwardsUsedAsync(db, ids, ct) ? AwardUsed
            : null;
    }

    /// <summary>After <see cref="WhyNotAsync"/>, under the same locks.</summary>
    public async Task<UndoRefused?> RunAsync(Guid bookingId, CancelledBefore before, DateTimeOffset endedAt, DateTimeOffset now, CancellationToken ct)
    {
        if (!await PlaceSeats.TakeBackAsync(db, before.Places, endedAt, now, ct))
        {
            return UndoRefused.SeatTaken;
        }

        var locked = await BookingLock.TakeAsync(db, bookingId, ct) ?? throw new InvalidOperationException($"There is no booking {bookingId}.");
        if (locked.Booking.State == BookingState.Cancelled)
        {
            locked.Booking.TakeBackCancelling(before.State, before.HeldUntil);
            await ReopenApplicationAsync(db, locked.Booking, endedAt, ct);
        }

        await db.SaveChangesAsync(ct);
        return null;
    }

    /// <summary>An application that was withdrawn with the booking waits again.</summary>
    public static async Task ReopenApplicationAsync(TrainingHubDb db, Booking booking, DateTimeOffset withdrawnAt, CancellationToken ct)
    {
        if (booking.FreePlaceApplicationId is { } id
            && await db.FreePlaceApplications.SingleAsync(one => one.Id == id, ct) is { State: FreePlaceState.Withdrawn } application
            && application.DecidedAt == withdrawnAt)
        {
            application.Reopen();
        }
    }

    public static UndoRefused AwardUsed { get; } = new(UndoRefusal.ChangedSince, "The free places of the organisation are used up by now.");

    /// <summary>Whether those of these places that have ended were free by an award that has no room for them any more.</summary>
    public static async Task<bool> AreAwardsUsedAsync(TrainingHubDb db, Guid[] places, CancellationToken ct) =>
        await db.Database.SqlQuery<bool>($"""select not awards_have_room_for({places}) as "Value" """).SingleAsync(ct);

    private async Task<bool> AreFullAsync(Guid[] places, Guid sectorId, DateTimeOffset now, CancellationToken ct) =>
        await db.Database.SqlQuery<bool>(
            $"""
            select exists (
                select
                from places place
                join course_runs run on run.id = place.run_id
                where place.id = any({places})
                group by run.id
                having places_not_offered(run, {sectorId}, {now}) < count(*)
            ) as "Value"
            """).SingleAsync(ct);
}
