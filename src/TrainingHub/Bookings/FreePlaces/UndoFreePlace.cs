using Microsoft.EntityFrameworkCore;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>How it was decided: before that it was always held, and undecided.</summary>
/// <param name="Decided"></param>
/// <param name="NewAwardId">The award that came with it; null when none did, or the organisation had it before.</param>
internal sealed record DecidedBefore(FreePlaceState Decided, Guid? NewAwardId = null);

/// <summary>
/// Undoes a decision about free places whose emails have not gone out: the application waits again, and its places are held for it without
/// an end. They were never given back, so there is no seat to take.
/// </summary>
internal sealed class UndoFreePlace(TrainingHubDb db) : IUndo
{
    public const string Kind = "decide-free-place";

    public string Brings(UndoableAct act) => "The application waits for a decision again, and its places stay held.";

    public Task LockAsync(UndoableAct act, CancellationToken ct) => BookingLock.TakeAsync(db, act.SubjectId, ct);

    public async Task<UndoRefused?> WhyNotAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct)
    {
        var decided = act.What<DecidedBefore>().Decided;
        var state = decided == FreePlaceState.Approved ? BookingState.Confirmed : BookingState.Held;
        var isAsLeft = await (
            from booking in db.Bookings
            join application in db.FreePlaceApplications on booking.FreePlaceApplicationId equals application.Id
            where booking.Id == act.SubjectId && booking.State == state && booking.PaymentMethod == PaymentMethod.FreePlace
                && application.State == decided && application.DecidedAt == act.At
            select booking.Id).AnyAsync(ct);
        if (!isAsLeft)
        {
            return UndoRefused.Changed("The booking");
        }

        // A reminder, or a change that the booker made: somebody was told that the place is certain, or that it is not.
        var told = await (
            from booking in db.Bookings
            join email in db.OutgoingEmails on booking.Reference equals email.About
            where booking.Id == act.SubjectId && email.CreatedAt > act.At && email.ActId != act.Id
            select email.Id).AnyAsync(ct);
        if (told)
        {
            return new(UndoRefusal.EmailsSent, "They have been written to about these places since.");
        }

        var hasBegun = await db.LivePlaces.AnyAsync(
            place => place.BookingId == act.SubjectId && db.CourseRuns.Any(run => run.Id == place.RunId && run.StartsAt <= now), ct);
        return hasBegun ? UndoRefused.Begun : null;
    }

    public async Task<UndoRefused?> RunAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var locked = await BookingLock.TakeAsync(db, act.SubjectId, ct) ?? throw new InvalidOperationException($"There is no booking {act.SubjectId}.");
        (await db.FreePlaceApplications.SingleAsync(one => one.Id == locked.Booking.FreePlaceApplicationId, ct)).Reopen();
        locked.Booking.HoldForDecisionAgain();
        foreach (var place in locked.LivePlaces)
        {
            place.HoldAgain();
            place.GiveAwardBack();
        }

        await db.SaveChangesAsync(ct);
        await GiveAward.TakeBackAsync(db, act.What<DecidedBefore>().NewAwardId, ct);
        return null;
    }

    public async Task<string?> AddressAsync(Guid subjectId, CancellationToken ct) =>
        await db.Bookings.Where(booking => booking.Id == subjectId).Select(booking => BookingUrls.StaffBooking(booking.Reference)).SingleOrDefaultAsync(ct);
}
