using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Bookings;

/// <summary>
/// Removes what people typed and did not book, a day after they last typed. One statement: if it dies nothing is removed, and a
/// second run finds nothing.
/// </summary>
internal sealed class ClearBookingDrafts(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(1);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(ClearBookingDrafts), ct);
}
