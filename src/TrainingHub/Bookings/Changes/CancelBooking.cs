using Microsoft.Extensions.Options;
using TrainingHub.FreePlaces;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum CancelResult
{
    Cancelled,

    /// <summary>Nothing was left to cancel: cancelled before, lapsed, or not a place of this booking.</summary>
    NothingToCancel,

    /// <summary>The course has begun; attendance is what counts from here.</summary>
    RunStarted,
}

/// <summary>
/// Cancels what the booker no longer needs, until the course begins: one place, or the whole booking, which also ends when its
/// last place goes. The seats are free again at once. A second call does nothing. Tells the booker, and those delegates who had
/// been told that they have a place.
/// </summary>
internal sealed class CancelBooking(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    public Task<CancelResult> RunAsync(Guid bookingId, CancellationToken ct) => CancelAsync(bookingId, placeId: null, ct);

    public Task<CancelResult> RunAsync(Guid bookingId, Guid placeId, CancellationToken ct) => CancelAsync(bookingId, placeId, ct);

    private async Task<CancelResult> CancelAsync(Guid bookingId, Guid? placeId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct);
        var ending = locked?.LivePlaces.Where(place => placeId is null || place.Id == placeId).ToList();
        if (locked is null || ending is not { Count: > 0 })
        {
            return CancelResult.NothingToCancel;
        }

        var summary = await BookingSummaries.ReadAsync(db, locked.Booking, ending, ct);
        if (summary.Run.StartsAt <= now)
        {
            return CancelResult.RunStarted;
        }

        var staying = locked.LivePlaces.Except(ending).ToList();
        TellDelegates(locked.Booking, summary, now);
        await PlaceSeats.EndAsync(db, bookingId, placeId, PlaceState.Cancelled, now, ct);
        if (staying.Count > 0)
        {
            var emails = BookingSummaries.Emails(db, locked.Booking, summary, site.Value, now);
            var names = staying.Select(place => place.DelegateName ?? "").ToList();
            BookingSummaries.TellBooker(db, locked.Booking, emails.PlaceCancelled(names, locked.Booking.State), now);
        }
        else
        {
            BookingSummaries.TellBooker(db, locked.Booking, BookingEmails.Cancelled(summary, locked.Booking.State, site.Value), now);
            locked.Booking.Cancel(now);
            await WithdrawApplicationAsync(locked.Booking, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return CancelResult.Cancelled;
    }

    private void TellDelegates(Booking booking, BookingSummary summary, DateTimeOffset now)
    {
        if (booking.State != BookingState.Confirmed)
        {
            return;
        }

        foreach (var person in summary.DelegatesBesideBooker)
        {
            db.Add(OutgoingEmail.To(person.Email, BookingEmails.YourPlaceCancelled(person.Name, summary, site.Value), now, booking.Reference));
        }
    }

    private async Task WithdrawApplicationAsync(Booking booking, DateTimeOffset now, CancellationToken ct)
    {
        if (booking.FreePlaceApplicationId is { } id
            && await db.FreePlaceApplications.FindAsync([id], ct) is { State: FreePlaceState.Pending } application)
        {
            application.Withdraw(now);
        }
    }
}
