using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform;

/// <summary>
/// Forgets how an act could be undone once it cannot be any more. History keeps the act. One statement: if it dies nothing is removed,
/// and a second run finds nothing.
/// </summary>
internal sealed class PruneUndo(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(1);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(PruneUndo), ct);
}
