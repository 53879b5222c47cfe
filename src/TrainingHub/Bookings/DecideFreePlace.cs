using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.FreePlaces;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum DecideResult
{
    Decided,

    /// <summary>Decided before, or withdrawn because the booking was cancelled.</summary>
    NotPending,

    /// <summary>The date has begun or has no price, so that declining could offer nothing.</summary>
    NothingToOffer,
}

/// <summary>
/// Answers an application for free places, once. Approved: the places are certain and cost nothing. Declined: they stay held for
/// some days (<see cref="FreePlaceHold"/>) and the applicant is told why and how to pay instead.
/// </summary>
internal sealed class DecideFreePlace(TrainingHubDb db, ConfirmPlaces confirm, TimeProvider time, IOptions<SiteOptions> site)
{
    public async Task<DecideResult> ApproveAsync(Guid applicationId, Guid staffUserId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(applicationId, ct) is not { } found)
        {
            return DecideResult.NotPending;
        }

        found.Application.Approve(staffUserId, now);
        await confirm.RunAsync(found.Locked.Booking.Id, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return DecideResult.Decided;
    }

    public async Task<DecideResult> DeclineAsync(Guid applicationId, string reason, Guid staffUserId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(applicationId, ct) is not { } found)
        {
            return DecideResult.NotPending;
        }

        var booking = found.Locked.Booking;
        var facts = await BookingStory.ReadAsync(db, booking, found.Locked.LivePlaces, ct);
        if (facts.Run.Price is not { } price || facts.Run.StartsAt <= now)
        {
            return DecideResult.NothingToOffer;
        }

        found.Application.Decline(staffUserId, reason, now);
        var heldUntil = FreePlaceHold.Until(now, facts.Run.StartsAt);
        booking.HeldUntil = heldUntil;
        var emails = BookingStory.Emails(db, booking, facts, site.Value, now);
        BookingStory.TellBooker(db, booking, emails.Declined(reason, price.Each.Pence, heldUntil), now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return DecideResult.Decided;
    }

    private async Task<(FreePlaceApplication Application, LockedBooking Locked)?> LockAsync(Guid applicationId, CancellationToken ct)
    {
        var bookingId = await db.Bookings.Where(one => one.FreePlaceApplicationId == applicationId).Select(one => (Guid?)one.Id)
            .SingleOrDefaultAsync(ct);
        if (bookingId is not { } id || await BookingLock.TakeAsync(db, id, ct) is not { Booking.State: BookingState.Held } locked)
        {
            return null;
        }

        var application = await db.FreePlaceApplications.SingleAsync(one => one.Id == applicationId, ct);
        await db.Entry(application).ReloadAsync(ct);
        return application.State == FreePlaceState.Pending ? (application, locked) : null;
    }
}
