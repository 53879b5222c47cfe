using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// Replaces the whole list of postcode districts. Refused when somebody else changed it since it was opened. Dates and venues stay as they
/// are: the list only says how far away they are.
/// </summary>
internal sealed class SaveDistricts(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>The list is one record of history: it is written on one page.</summary>
    public static Guid RecordId { get; } = Guid.Parse("0e7b1c2a-6a2d-7c31-9f50-7b1d5a3c9e12");

    /// <param name="before">The list as it was opened, as <see cref="DistrictLines"/> writes it.</param>
    /// <param name="districts">What it is to be.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<EditOutcome> RunAsync(string before, IReadOnlyList<PostcodeDistrict> districts, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"lock table postcode_districts in share row exclusive mode", ct);
        var (known, wanted) = (await ReadAsync(db, ct), DistrictLines.Write(districts));
        if (DistrictLines.Write(known) != before)
        {
            return EditOutcome.ChangedSince;
        }

        if (wanted != before)
        {
            await db.PostcodeDistricts.ExecuteDeleteAsync(ct);
            db.AddRange(districts);
            HistoryEntry.Add<PostcodeDistrict>(db, RecordId, by, "Changed", [new HistoryChange("Districts", Count(known), Count(districts))], clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        return EditOutcome.Saved;
    }

    public static Task<List<PostcodeDistrict>> ReadAsync(TrainingHubDb db, CancellationToken ct) =>
        db.PostcodeDistricts.AsNoTracking().OrderBy(district => district.Code).ToListAsync(ct);

    private static string Count(IReadOnlyCollection<PostcodeDistrict> districts) => districts.Count == 1 ? "1 district" : $"{districts.Count} districts";
}
