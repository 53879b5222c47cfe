using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>Staff have seen to what a trainer's walk-in costs and to where its emails go. The same again changes nothing.</summary>
internal sealed class CheckWalkIn(TrainingHubDb db, TimeProvider clock)
{
    public async Task RunAsync(Guid booking, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var done = await db.DoorWalkIns.Where(one => one.BookingId == booking && one.CheckedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.CheckedAt, now).SetProperty(one => one.CheckedById, by.Id), ct);
        if (done > 0)
        {
            HistoryEntry.Add<Booking>(db, booking, by, "Walk-in seen to", [], now);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }
}
