using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.FreePlaces;

/// <summary>
/// Deletes what backed an application up, thirty days after it was decided, withdrawn or lapsed. One statement: if the job dies nothing has
/// changed, and a second run finds nothing.
/// </summary>
internal sealed class DeleteEvidence(TrainingHubDb db, TimeProvider clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public Task<int> RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddDays(-FreePlaceEvidence.KeptForDays);
        return db.FreePlaceEvidence
            .Where(evidence => db.FreePlaceApplications.Any(one => one.Id == evidence.ApplicationId && one.DecidedAt < before))
            .ExecuteDeleteAsync(ct);
    }
}
