using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Bookings;

/// <summary>
/// Gives back the places of applicants who were declined a free place and did not choose to pay in time. Each booking is a
/// transaction of its own: if the job dies half-way the others wait for the next run, and what was released stays as it is.
/// Card holds are left alone: only Stripe can say that no money will come.
/// </summary>
internal sealed class ReleaseUndecidedHolds(TrainingHubDb db, ReleaseHold release, TimeProvider clock) : IJob
{
    private const int Batch = 100;

    public static TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.Bookings
            .Where(booking => booking.State == BookingState.Held
                && booking.PaymentMethod == PaymentMethod.FreePlace
                && booking.HeldUntil <= now)
            .OrderBy(booking => booking.HeldUntil)
            .Select(booking => booking.Id)
            .Take(Batch)
            .ToListAsync(ct);
        return await OneByOne.RunAsync(due, id => ReleaseAsync(id, now, ct));
    }

    // Between the list and the lock the applicant may have chosen to pay.
    private async Task<bool> ReleaseAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await BookingLock.TakeAsync(db, id, ct);
        var isReleased = locked is { Booking.AwaitsChoiceOfPayment: true } && await release.RunAsync(id, now, ct);
        await transaction.CommitAsync(ct);
        return isReleased;
    }
}
