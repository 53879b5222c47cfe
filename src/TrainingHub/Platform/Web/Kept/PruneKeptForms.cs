using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Removes what was typed and not sent within its hour; nobody could read it any more. One statement: if it dies nothing is removed, and
/// a second run finds nothing.
/// </summary>
internal sealed class PruneKeptForms(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromMinutes(10);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(PruneKeptForms), ct);
}
