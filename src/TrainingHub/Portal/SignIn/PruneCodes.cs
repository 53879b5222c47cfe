using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Portal;

/// <summary>Removes codes that have run out. One statement: if it dies nothing is removed, and a second run finds nothing.</summary>
internal sealed class PruneCodes(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(1);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(PruneCodes), ct);
}
