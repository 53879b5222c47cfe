using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Learning;

/// <summary>
/// Clears who acknowledged a notice and what they wrote, when the rule says so; that and when it was acknowledged stays. One statement: if
/// the job dies nothing has changed, and a second run finds nothing.
/// </summary>
internal sealed class ForgetAcknowledgers(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(ForgetAcknowledgers), ct);
}
