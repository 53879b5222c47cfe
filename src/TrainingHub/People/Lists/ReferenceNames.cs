using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Files;

namespace TrainingHub.People;

/// <summary>The reference lists as files may name them. An area is understood by its long name too.</summary>
internal static class ReferenceNames
{
    public static async Task<KnownNames<Guid>> AreasAsync(TrainingHubDb db, CancellationToken ct) =>
        Of(await db.Areas.AsNoTracking().OrderBy(area => area.SortOrder).ToListAsync(ct));

    public static KnownNames<Guid> Of(IReadOnlyList<Area> areas) => new(
        areas.Select(area => KeyValuePair.Create(area.Name, area.Id)),
        areas.Select(area => KeyValuePair.Create(area.LongName, area.Id)));

    public static async Task<KnownNames<Guid>> SectorsAsync(TrainingHubDb db, CancellationToken ct) =>
        new((await db.Sectors.AsNoTracking().OrderBy(sector => sector.SortOrder).ToListAsync(ct)).Select(sector => KeyValuePair.Create(sector.Name, sector.Id)));
}
