using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform.Data;

namespace TrainingHub.Surveys;

/// <summary>The demonstration's toolkits. A partnership names its own (decision 86). Those that are there stay as they are.</summary>
internal sealed class SeedToolkits(TrainingHubDb db) : ISeed
{
    public static int Order => 801;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        var known = await db.Toolkits.Select(toolkit => toolkit.Name).ToListAsync(ct);
        db.AddRange(PublishedToolkits.In(await ReferenceNames.AreasAsync(db, ct)).Where(toolkit => !known.Contains(toolkit.Name)));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}
