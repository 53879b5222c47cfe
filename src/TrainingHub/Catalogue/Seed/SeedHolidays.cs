using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>Puts in school holidays of two years, so that planning dates has something to say. Does nothing when there are any.</summary>
internal sealed class SeedHolidays(TrainingHubDb db) : ISeed
{
    public static int Order => 23;

    public static bool DemoOnly => true;

    private sealed record Row(string Name, DateOnly FromOn, DateOnly UntilOn);

    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.SchoolHolidays.AnyAsync(ct))
        {
            return;
        }

        db.AddRange(SeedFile.ReadJson<IReadOnlyList<Row>>("Catalogue.Seed.school-holidays.json")
            .Select(row => new SchoolHoliday { Id = Guid.CreateVersion7(), Name = row.Name, FromOn = row.FromOn, UntilOn = row.UntilOn }));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}
