using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>Puts in the postcode districts around the published offer. Does nothing when there are any.</summary>
internal sealed class SeedDistricts(TrainingHubDb db) : ISeed
{
    public static int Order => 26;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.PostcodeDistricts.AnyAsync(ct))
        {
            return;
        }

        db.AddRange(SeedFile.ReadJson<IReadOnlyList<PostcodeDistrict>>("Catalogue.Seed.postcode-districts.json"));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}
