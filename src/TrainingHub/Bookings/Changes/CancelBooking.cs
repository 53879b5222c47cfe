using System.Globalization;
using Microsoft.Extensions.Options;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum CancelResult
{
    Cancelled,

    /// <summary>Nothing was left to cancel: cancelled before, lapsed, or not a place of this booking.</summary>
    NothingToCancel,

    /// <summary>Every course that was asked about has begun; attendance is what counts from here.</summary>
    RunStarted,

    /// <summary>Another sum stays due by now than was shown. Nothing was done.</summary>
    SumChanged,
}

/// <summary>What the policy is to mean when staff cancel.</summary>
internal enum StaffCharge
{
    /// <summary>The caller decides about the money in another way.</summary>
    None,

    /// <summary>What stays due by the policy is due.</summary>
    Raise,

    /// <summary>Nothing is due, whatever the policy says.</summary>
    Waive,
}

/// <summary>Staff cancel, and have decided about the money.</summary>
/// <param name="By"></param>
/// <param name="Money">What becomes of it, as the booker reads it; null says what is said to a booker who cancels.</param>
/// <param name="Decision">The same for the history; null when nothing was paid.</param>
/// <param name="Reason">Theirs, for the history.</param>
/// <param name="Undo">Begun by the caller, whose decision about the money is undone with it.</param>
/// <param name="Charge"></param>
/// <param name="WaivedFor">The reason for which it is waived.</param>
internal sealed record StaffCancel(
    Actor By, string? Money, string? Decision, string? Reason, KeepUndo Undo, StaffCharge Charge = StaffCharge.None, string? WaivedFor = null);

/// <summary>
/// Cancels what the booker no longer needs, each place until its course begins: one place, one date of the order, or all of it. Of
/// several dates those that have begun stay as they are. The booking ends with its last place. The seats are free again at once. A
/// second call does nothing. What stays due by the policy that the booking accepted becomes a charge of the place in the same
/// transaction, and never another sum than was shown; what was paid beyond it goes back by itself. Tells the booker, and those delegates who had been told that they have a place. When staff cancel it is
/// written in the booking's history; the money is their caller's, whose transaction this joins.
/// </summary>
internal sealed class CancelBooking(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <param name="bookingId"></param>
    /// <param name="ct"></param>
    /// <param name="shownPence">What was shown as staying due; null where nobody was shown a sum.</param>
    public Task<CancelResult> RunAsync(Guid bookingId, CancellationToken ct, int? shownPence = null) =>
        CancelAsync(bookingId, _ => true, givenUpBy: null, ct, shownPence: shownPence);

    public Task<CancelResult> RunAsync(Guid bookingId, Guid placeId, CancellationToken ct, int? shownPence = null) =>
        CancelAsync(bookingId, place => place.Id == placeId, givenUpBy: null, ct, shownPence: shownPence);

    public Task<CancelResult> DateAsync(Guid bookingId, Guid runId, CancellationToken ct, int? shownPence = null) =>
        CancelAsync(bookingId, place => place.RunId == runId, givenUpBy: null, ct, shownPence: shownPence);

    /// <summary>The one who has the place cannot come. The booker is told who it was; they themselves know.</summary>
    public Task<CancelResult> GiveUpAsync(Place place, CancellationToken ct, int? shownPence = null) =>
        CancelAsync(place.BookingId, one => one.Id == place.Id && one.PersonId == place.PersonId, place.DelegateName, ct, shownPence: shownPence);

    /// <param name="bookingId"></param>
    /// <param name="placeId">Null cancels all of it.</param>
    /// <param name="staff"></param>
    /// <param name="ct"></param>
    public Task<CancelResult> ByStaffAsync(Guid bookingId, Guid? placeId, StaffCancel staff, CancellationToken ct) =>
        CancelAsync(bookingId, place => placeId is null || place.Id == placeId, givenUpBy: null, ct, staff);

    private async Task<CancelResult> CancelAsync(
        Guid bookingId, Func<Place, bool> isMeant, string? givenUpBy, CancellationToken ct, StaffCancel? staff = null, int? shownPence = null)
    {
        var now = staff?.Undo.At ?? clock.GetUtcNow();
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        if (await BookingLock.TakeAsync(db, bookingId, ct) is not { } locked || !locked.LivePlaces.Any(isMeant))
        {
            return CancelResult.NothingToCancel;
        }

        var ending = locked.LivePlaces.Where(place => isMeant(place) && !locked.HasBegun(place, now)).ToList();
        if (ending.Count == 0)
        {
            return CancelResult.RunStarted;
        }

        var staying = locked.LivePlaces.Except(ending).ToList();
        var booking = locked.Booking;
        var sums = await CancelSums.ReadAsync(db, booking, ending, now, ct);
        if (shownPence is { } shown && shown != sums.DuePence)
        {
            return CancelResult.SumChanged;
        }

        var before = CancelledBefore.Of(booking, ending);
        var cancelled = await BookingSummaries.ReadAsync(db, booking, ending, ct);
        if (givenUpBy is null)
        {
            TellDelegates(booking, cancelled, now);
        }

        await PlaceSeats.EndAsync(db, ending, PlaceState.Cancelled, now, ct);
        Charge(booking, sums, staff, now);
        var money = staff?.Money ?? CancelMoneyWords.Of(sums, cancelled, booking.State);
        if (staying.Count > 0)
        {
            var emails = await BookingSummaries.EmailsAsync(db, booking, cancelled, site.Value, now, ct);
            var kept = await BookingSummaries.ReadAsync(db, booking, staying, ct);
            var message = emails.PlacesCancelled(kept, money);
            BookingSummaries.TellBooker(db, booking, message with { GivenUpBy = givenUpBy }, now);
        }
        else
        {
            var message = BookingEmails.Cancelled(cancelled, money, site.Value);
            BookingSummaries.TellBooker(db, booking, message with { GivenUpBy = givenUpBy }, now);
            booking.Cancel(now);
            await WithdrawApplicationAsync(booking, now, ct);
        }

        if (staff is not null)
        {
            Note(booking, cancelled, isWhole: staying.Count == 0, staff, now);
            staff.Undo.End(CancelledBefore.Kind, booking.Id, before, movesMoney: staff.Decision is not null);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return CancelResult.Cancelled;
    }

    private void Charge(Booking booking, CancelSums sums, StaffCancel? staff, DateTimeOffset now)
    {
        if (booking.State != BookingState.Confirmed || !Booking.TakenHere.Contains(booking.Origin) || staff?.Charge == StaffCharge.None)
        {
            return;
        }

        foreach (var sum in sums.Places.Where(sum => sum.PricePence > 0 || sum.FreeLatePence > 0))
        {
            var charge = new PlaceCharge
            {
                Id = Guid.CreateVersion7(now),
                PlaceId = sum.PlaceId,
                BookingId = booking.Id,
                Kind = ChargeKind.Cancelled,
                PolicyId = sums.Policy?.Id,
                PricePence = sum.PricePence,
                Pence = sum.DuePence + sum.FreeLatePence,
                ProposedAt = now,
                ActId = staff?.Undo.Id,
            };
            if (staff?.Charge == StaffCharge.Waive && charge.Pence > 0)
            {
                charge.Waive(staff.WaivedFor ?? "", staff.By.Id, now);
            }
            else if (sum.PricePence > 0)
            {
                charge.Raise(staff?.By.Id, now);
            }

            db.Add(charge);
        }
    }

    private void Note(Booking booking, BookingSummary cancelled, bool isWhole, StaffCancel staff, DateTimeOffset now)
    {
        var what = cancelled.Dates.Select(date => new HistoryChange($"{date.Run.Course}, {date.Run.DayWords}", Places(date.Delegates.Count), null));
        var money = staff.Decision is null ? [] : new[] { new HistoryChange("Money", null, staff.Decision) };
        HistoryEntry.Add<Booking>(db, booking.Id, staff.By, isWhole ? "Cancelled" : "Place cancelled", [.. what, .. money], now, staff.Reason, staff.Undo.Id);
    }

    private static string Places(int count) => count == 1 ? "1 place" : $"{count.ToString(CultureInfo.InvariantCulture)} places";

    private void TellDelegates(Booking booking, BookingSummary cancelled, DateTimeOffset now)
    {
        if (booking.State != BookingState.Confirmed)
        {
            return;
        }

        foreach (var person in cancelled.DelegatesBesideBooker)
        {
            db.Add(OutgoingEmail.To(person.Email, BookingEmails.YourPlaceCancelled(person, cancelled, site.Value), now, booking.Reference));
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
