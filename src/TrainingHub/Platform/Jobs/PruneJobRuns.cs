namespace TrainingHub.Platform.Jobs;

/// <summary>
/// Removes records of runs; failures stay longer. One transaction: if it dies half-way nothing was removed, and a second run finds nothing.
/// </summary>
internal sealed class PruneJobRuns(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(PruneJobRuns), ct);
}
