using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.People;

/// <summary>The demonstration's areas. A partnership names its own (decision 86). Those that are there stay as they are.</summary>
internal sealed class SeedAreas(TrainingHubDb db) : ISeed
{
    public static int Order => 11;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        var known = await db.Areas.Select(area => area.Name).ToListAsync(ct);
        db.AddRange((await PublishedAreas.ReadAsync(ct)).Where(area => !known.Contains(area.Name)));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}
