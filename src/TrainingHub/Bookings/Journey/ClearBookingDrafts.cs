using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Bookings;

/// <summary>
/// Removes what people typed and did not book, a day after they last typed. One statement: if it dies nothing is removed, and a
/// second run finds nothing.
/// </summary>
internal sealed class ClearBookingDrafts(TrainingHubDb db, TimeProvider clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(1);

    public Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.BookingDrafts.Where(draft => draft.ExpiresAt <= now).ExecuteDeleteAsync(ct);
    }
}
