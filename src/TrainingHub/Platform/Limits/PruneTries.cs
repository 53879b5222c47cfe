using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform;

/// <summary>
/// Removes the counts of subjects that have not tried anything for longer than any bound looks back. One statement: if it dies nothing is
/// removed, and a second run finds nothing.
/// </summary>
internal sealed class PruneTries(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(1);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(PruneTries), ct);
}
