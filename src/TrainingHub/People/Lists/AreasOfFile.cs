using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.People;

/// <summary>
/// The areas that a file may name: the partnership's own. While it has named none, those that are published with the contract of
/// files: a file that names one of them brings them all, so that the next file is understood too; one that names none brings none.
/// </summary>
internal sealed class AreasOfFile
{
    private readonly IReadOnlyList<Area> published;

    private AreasOfFile(KnownNames<Guid> names, IReadOnlyList<Area> published) => (Names, this.published) = (names, published);

    public KnownNames<Guid> Names { get; }

    /// <summary>In the transaction of the import, which waits here for another that brings the areas.</summary>
    public static async Task<AreasOfFile> ReadAsync(TrainingHubDb db, CancellationToken ct)
    {
        if (!await db.Areas.AnyAsync(ct))
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('areas of files'))", ct);
            if (!await db.Areas.AnyAsync(ct))
            {
                var published = await PublishedAreas.ReadAsync(ct);
                return new(ReferenceNames.Of(published), published);
            }
        }

        return new(await ReferenceNames.AreasAsync(db, ct), []);
    }

    /// <summary>Saves the published ones if the file names one of them.</summary>
    /// <returns>What to tell of it; nothing when there is nothing to tell.</returns>
    public async Task<IReadOnlyList<string>> AddUsedAsync(TrainingHubDb db, IEnumerable<Guid?> used, ImportRun run, DateTimeOffset now, CancellationToken ct)
    {
        var named = used.ToHashSet();
        if (!published.Any(area => named.Contains(area.Id)))
        {
            return [];
        }

        db.AddRange(published);
        foreach (var area in published)
        {
            HistoryEntry.Add<Area>(db, area.Id, run.By, "Added", [new("Name", null, area.Name)], now, run.Source);
        }

        await db.SaveChangesAsync(ct);
        return [$"New areas: {string.Join(", ", published.Select(area => area.Name))}."];
    }
}
