using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum DecideResult
{
    Decided,

    /// <summary>Decided before, or withdrawn because the booking was cancelled.</summary>
    NotPending,

    /// <summary>Every course of the order has begun: the application has lapsed, or does so with the next run of the job.</summary>
    Lapsed,

    /// <summary>A date has no price, so that declining could offer nothing.</summary>
    NothingToOffer,
}

/// <summary>
/// Answers an application for free places, once, for all places of the order whose courses have not begun. Approved: the places are
/// certain and cost nothing. Declined: they stay held for some days (<see cref="FreePlaceHold"/>) and the applicant is told why and
/// how to pay instead.
/// </summary>
internal sealed class DecideFreePlace(
    TrainingHubDb db, ConfirmPlaces confirm, ReleaseHold release, TimeProvider clock, IOptions<SiteOptions> site)
{
    public async Task<DecideResult> ApproveAsync(Guid applicationId, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (found, refusal) = await LockAsync(applicationId, now, ct);
        if (found is null)
        {
            return refusal;
        }

        var undo = KeepUndo.Begin(db, now);
        found.Application.Approve(by.Id, now);
        Note(found, by, FreePlaceState.Approved, undo, now);
        await confirm.RunAsync(found.Locked.Booking.Id, now, ct);
        undo.End(UndoFreePlace.Kind, found.Locked.Booking.Id, new DecidedBefore(FreePlaceState.Approved));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return DecideResult.Decided;
    }

    public async Task<DecideResult> DeclineAsync(Guid applicationId, string reason, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (found, refusal) = await LockAsync(applicationId, now, ct);
        if (found is null)
        {
            return refusal;
        }

        var (application, locked) = found;
        var booking = locked.Booking;
        var summary = await BookingSummaries.ReadAsync(db, booking, locked.LivePlaces, ct);
        if (summary.Dates.Any(date => date.Run.Price is null))
        {
            return DecideResult.NothingToOffer;
        }

        var prices = summary.Dates.SelectMany(date => date.Delegates.Select(_ => date.Run.Price?.Each.Pence ?? 0)).ToList();
        var heldUntil = FreePlaceHold.Until(now, locked.FirstStartsAt);
        var undo = KeepUndo.Begin(db, now);
        application.Decline(by.Id, reason, now);
        Note(found, by, FreePlaceState.Declined, undo, now);
        booking.OfferPayment(heldUntil);
        var emails = await BookingSummaries.EmailsAsync(db, booking, summary, site.Value, now, ct);
        BookingSummaries.TellBooker(db, booking, emails.Declined(reason, prices, heldUntil), now);
        undo.End(UndoFreePlace.Kind, booking.Id, new DecidedBefore(FreePlaceState.Declined));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return DecideResult.Decided;
    }

    // Not the reason: it is kept with the application, and goes with it.
    private void Note(ToDecide found, Actor by, FreePlaceState decided, KeepUndo undo, DateTimeOffset now) => HistoryEntry.Add<Booking>(
        db, found.Locked.Booking.Id, by, $"Free place {decided.ToString().ToLowerInvariant()}", [], now, id: undo.Id);

    private sealed record ToDecide(FreePlaceApplication Application, LockedBooking Locked);

    /// <returns>What is to be decided, without the places that it comes too late for; or null and why not.</returns>
    private async Task<(ToDecide? Found, DecideResult Refusal)> LockAsync(Guid applicationId, DateTimeOffset now, CancellationToken ct)
    {
        var bookingId = await db.Bookings.Where(one => one.FreePlaceApplicationId == applicationId).Select(one => (Guid?)one.Id)
            .SingleOrDefaultAsync(ct);
        if (bookingId is not { } id || await BookingLock.TakeAsync(db, id, ct) is not { } locked)
        {
            return (null, DecideResult.NotPending);
        }

        var application = await db.FreePlaceApplications.SingleAsync(one => one.Id == applicationId, ct);
        await db.Entry(application).ReloadAsync(ct);
        if (application.State != FreePlaceState.Pending || locked.Booking.State != BookingState.Held)
        {
            return (null, application.State == FreePlaceState.Lapsed ? DecideResult.Lapsed : DecideResult.NotPending);
        }

        if (locked.LivePlaces.All(place => locked.HasBegun(place, now)))
        {
            return (null, DecideResult.Lapsed);
        }

        var left = await release.BegunAsync(locked, now, ct) ? await BookingLock.TakeAsync(db, id, ct) : locked;
        return (new(application, left ?? locked), DecideResult.Decided);
    }
}
