using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Bookings;

/// <summary>
/// Keeps the times of <see cref="BookingRetention"/> and of the privacy notice, which are the same. Places, prices and marks stay, so that
/// the figures do. One transaction: if it dies half-way nothing is forgotten, and the next run does it.
/// </summary>
internal sealed class ForgetPersonalData(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(ForgetPersonalData), ct);
}
