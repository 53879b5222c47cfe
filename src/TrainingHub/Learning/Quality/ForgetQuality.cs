using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Learning;

/// <summary>
/// Deletes documents of providers, observations and reviews when their rules say so. One transaction: if the job dies nothing has changed,
/// and a second run finds nothing.
/// </summary>
internal sealed class ForgetQuality(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(ForgetQuality), ct);
}
