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

    /// <summary>The course has begun: the application has lapsed, or does so with the next run of the job.</summary>
    Lapsed,

    /// <summary>The date has no price, so that declining could offer nothing.</summary>
    NothingToOffer,
}

/// <summary>
/// Answers an application for free places, once, before the course begins. Approved: the places are certain and cost nothing. Declined: they stay held for
/// some days (<see cref="FreePlaceHold"/>) and the applicant is told why and how to pay instead.
/// </summary>
internal sealed class DecideFreePlace(TrainingHubDb db, ConfirmPlaces confirm, TimeProvider clock, IOptions<SiteOptions> site)
{
    public async Task<DecideResult> ApproveAsync(Guid applicationId, Guid staffUserId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (found, refusal) = await LockAsync(applicationId, now, ct);
        if (found is null)
        {
            return refusal;
        }

        found.Application.Approve(staffUserId, now);
        await confirm.RunAsync(found.Booking.Id, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return DecideResult.Decided;
    }

    public async Task<DecideResult> DeclineAsync(Guid applicationId, string reason, Guid staffUserId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (found, refusal) = await LockAsync(applicationId, now, ct);
        if (found is null)
        {
            return refusal;
        }

        var (_, booking, summary) = found;
        if (summary.Run.Price is not { } price)
        {
            return DecideResult.NothingToOffer;
        }

        found.Application.Decline(staffUserId, reason, now);
        var heldUntil = FreePlaceHold.Until(now, summary.Run.StartsAt);
        booking.HeldUntil = heldUntil;
        var emails = BookingSummaries.Emails(db, booking, summary, site.Value, now);
        BookingSummaries.TellBooker(db, booking, emails.Declined(reason, price.Each.Pence, heldUntil), now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return DecideResult.Decided;
    }

    private sealed record ToDecide(FreePlaceApplication Application, Booking Booking, BookingSummary Summary);

    /// <returns>What is to be decided, or null and why not.</returns>
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

        var summary = await BookingSummaries.ReadAsync(db, locked.Booking, locked.LivePlaces, ct);
        return summary.Run.StartsAt <= now ? (null, DecideResult.Lapsed) : (new(application, locked.Booking, summary), DecideResult.Decided);
    }
}
