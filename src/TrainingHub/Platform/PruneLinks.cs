using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform;

/// <summary>
/// Removes private links that are out of date, whatever they opened: such a link and an unknown one get the same page, which says how
/// to get a new one. One statement: if it dies half-way nothing was removed, and a second run finds nothing.
/// </summary>
internal sealed class PruneLinks(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(1);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(PruneLinks), ct);
}
