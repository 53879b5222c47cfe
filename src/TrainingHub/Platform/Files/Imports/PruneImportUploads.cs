using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Files;

/// <summary>
/// Removes uploaded files whose hour is over, and what is known of imports after a week. One statement: if it dies nothing was
/// removed; a second run finds nothing. What is being worked on stays until its lease lapses.
/// </summary>
internal sealed class PruneImportUploads(TrainingHubDb db, TimeProvider clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromMinutes(15);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.ImportUploads
            .Where(upload => upload.ExpiresAt <= now && (upload.LeaseUntil == null || upload.LeaseUntil <= now))
            .ExecuteDeleteAsync(ct);
    }
}
