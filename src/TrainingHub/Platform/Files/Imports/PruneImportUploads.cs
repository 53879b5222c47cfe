using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Files;

/// <summary>
/// Removes uploaded files whose hour is over, and what is known of imports after a week. One statement: if it dies nothing was
/// removed; a second run finds nothing. What is being worked on stays until its lease lapses.
/// </summary>
internal sealed class PruneImportUploads(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromMinutes(15);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(PruneImportUploads), ct);
}
