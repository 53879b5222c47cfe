using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Web;

/// <summary>Removes the sessions of addresses that have ended. One statement: if it dies nothing is removed, and a second run finds nothing.</summary>
internal sealed class PruneAddressSessions(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(1);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(PruneAddressSessions), ct);
}
