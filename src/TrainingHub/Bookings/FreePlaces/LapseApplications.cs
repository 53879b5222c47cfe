using Microsoft.EntityFrameworkCore;
using TrainingHub.FreePlaces;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Bookings;

/// <summary>
/// Ends the applications for free places that nobody decided before the course began: the places go back and the applicant is told.
/// Of an order with several dates only those that have begun go back, and the application lapses with the last of them.
/// Each booking is a transaction of its own that looks again under lock: if the job dies half-way the others wait for the next run,
/// and a second run finds nothing.
/// </summary>
internal sealed class LapseApplications(TrainingHubDb db, ReleaseHold release, TimeProvider clock) : IJob
{
    private const int Batch = 100;

    public static TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await (
            from booking in db.Bookings
            where booking.State == BookingState.Held && booking.PaymentMethod == PaymentMethod.FreePlace && booking.HeldUntil == null
                && (from place in db.Places
                    join run in db.CourseRuns on place.RunId equals run.Id
                    where place.BookingId == booking.Id && place.State == PlaceState.Held && run.StartsAt <= now
                    select place).Any()
            orderby booking.CreatedAt, booking.Id
            select booking.Id).Take(Batch).ToListAsync(ct);
        return await OneByOne.RunAsync(due, id => LapseAsync(id, now, ct));
    }

    // Between the list and the lock the applicant may have cancelled.
    private async Task<bool> LapseAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await BookingLock.TakeAsync(db, id, ct) is not { Booking: { State: BookingState.Held, FreePlaceApplicationId: { } applicationId } } locked)
        {
            return false;
        }

        var application = await db.FreePlaceApplications.SingleAsync(one => one.Id == applicationId, ct);
        if (application.State != FreePlaceState.Pending)
        {
            return false;
        }

        if (locked.LivePlaces.All(place => locked.HasBegun(place, now)))
        {
            application.Lapse(now);
            await release.RunAsync(id, now, ct);
        }
        else if (!await release.BegunAsync(locked, now, ct))
        {
            return false;
        }

        await transaction.CommitAsync(ct);
        return true;
    }
}
