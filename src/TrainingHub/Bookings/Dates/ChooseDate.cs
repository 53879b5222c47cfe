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
/// Moves the places that a booking has, or had, on a date which the partnership cancelled or moved, or moved them to, to another date of
/// the course: all of them or none, at their old price, so that no money moves. A cancelled date offers this until
/// <see cref="CourseRun.ChooseUntil"/>, a moved one until it begins to those who booked before, and one into which theirs was merged too. To the date that is chosen it is a booking like others: not after its closing,
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
            || (place.State == PlaceState.Confirmed && run.State == RunState.Scheduled && (run.MovedAt > place.CreatedAt || place.MovedByUsAt != null) && now < run.StartsAt)
        select place;

    public async Task<ChooseDateResult> RunAsync(Guid bookingId, Guid fromId, Guid toId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var runs = await MoveSeats.LockAsync(db, bookingId, toId, ct);
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
        if (await MoveSeats.TryAsync(db, new(moving, locked.Booking.SectorId, from, toId, SeatsFor.Booker), now, ct) is { } refusal)
        {
            return refusal switch
            {
                MoveSeatsRefusal.Full => ChooseDateResult.Full,
                MoveSeatsRefusal.AlreadyThere => ChooseDateResult.AlreadyThere,
            };
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
