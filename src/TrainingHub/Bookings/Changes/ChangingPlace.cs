using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

internal enum DelegateChangeResult
{
    Changed,
    NotALivePlace,
    RunStarted,

    /// <summary>A card payment is awaited, for minutes; names can be changed after it.</summary>
    NotPaidYet,

    /// <summary>The names of this booking have been changed too often today.</summary>
    TooManyChanges,

    /// <summary>Somebody else was asked for, and this is who has the place.</summary>
    SamePerson,

    /// <summary>Who is to have the place has another on this date already.</summary>
    AlreadyOnDate,

    /// <summary>Who is to have the place has not done the course that is required before, or nobody said.</summary>
    PrerequisiteMissing,
}

/// <param name="Result">Everything but Changed left nothing behind.</param>
/// <param name="OtherBooking">When already on the date: by which booking. Only who made that one may be told so.</param>
internal sealed record DelegateChangeOutcome(DelegateChangeResult Result, Guid? OtherBooking = null);

/// <summary>A live place whose delegate is about to change. Its date is locked, so no place on it can appear meanwhile.</summary>
internal sealed record ChangingPlace(LockedBooking Locked, Place Place, BookingSummary Former)
{
    /// <summary>Of one booking. Every change writes to two or three people.</summary>
    public static readonly TryBound Changes = new("change-delegate", Most: 20, TimeSpan.FromDays(1));

    public Booking Booking => Locked.Booking;

    public bool HasBegun(DateTimeOffset now) => Locked.HasBegun(Place, now);

    /// <returns>Null when the booking has no such live place, or nobody is named for it: <see cref="NamePlaces"/> names somebody.</returns>
    public static async Task<ChangingPlace?> LockAsync(TrainingHubDb db, Guid bookingId, Guid placeId, CancellationToken ct)
    {
        var locked = await BookingLock.TakeAsync(db, bookingId, ct);
        return locked?.LivePlaces.FirstOrDefault(one => one.Id == placeId && !one.AwaitsName) is { } place
            ? new(locked, place, await BookingSummaries.ReadAsync(db, locked.Booking, [place], ct))
            : null;
    }

    /// <summary>This place, and those that its delegate has on other dates of the order.</summary>
    /// <param name="unlessBegunBy">Leaves out dates that have begun by then; null leaves out none.</param>
    public IReadOnlyList<ChangingPlace> OfSamePerson(DateTimeOffset? unlessBegunBy) =>
        [.. Locked.LivePlaces
            .Where(other => other.Id == Place.Id || (Place.PersonId is { } person && other.PersonId == person && !(unlessBegunBy is { } now && Locked.HasBegun(other, now))))
            .Select(other => this with { Place = other })];

    /// <summary>The change in the history of the booking: what of the person it was, and never who.</summary>
    public void Note(TrainingHubDb db, Actor by, string act, IReadOnlyList<HistoryChange> changes, DateTimeOffset now) =>
        HistoryEntry.Add<Booking>(db, Booking.Id, by, act, changes, now, $"{Former.Run.Course}, {Former.Run.DayWords}");

    /// <summary>The booking by which a person has another live place on this date; null when they have none.</summary>
    public Task<Guid?> OtherBookingOfAsync(TrainingHubDb db, Guid personId, CancellationToken ct) =>
        db.LivePlaces
            .Where(other => other.RunId == Place.RunId && other.PersonId == personId && other.Id != Place.Id)
            .Select(other => (Guid?)other.BookingId)
            .FirstOrDefaultAsync(ct);
}
