using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.FreePlaces;

/// <summary>
/// Deletes what backed an application up, thirty days after it was decided, withdrawn or lapsed. One statement: if the job dies nothing has
/// changed, and a second run finds nothing.
/// </summary>
internal sealed class DeleteEvidence(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(DeleteEvidence), ct);
}
