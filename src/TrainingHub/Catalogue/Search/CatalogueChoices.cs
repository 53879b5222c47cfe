using Microsoft.EntityFrameworkCore;
using TrainingHub.People;

namespace TrainingHub.Catalogue;

/// <summary>The areas, towns, levels and tags that a reader can choose from, what they read instead of them, and the postcodes that are known.</summary>
internal sealed record CatalogueChoices(
    IReadOnlyDictionary<string, Guid> AreaIds, IReadOnlyDictionary<string, string> AreaLongNames, IReadOnlyDictionary<string, string> TagWords, IReadOnlyList<string> Towns,
    IReadOnlyList<string> Levels, DistrictsOnMap Districts)
{
    public static readonly CatalogueChoices None = new(new Dictionary<string, Guid>(), new Dictionary<string, string>(), new Dictionary<string, string>(), [], [], new([]));

    public IEnumerable<string> Tags => TagWords.Keys;

    /// <summary>Of this reading: what was made of another is not of these choices.</summary>
    public Guid Mark { get; } = Guid.NewGuid();

    /// <summary>Areas in which a date may be held; all of them, or none of them, is no wish for a place. Four round trips.</summary>
    public static async Task<CatalogueChoices> ReadAsync(TrainingHubDb db)
    {
        var areas = db.Areas
            .Where(area => area.Kind == AreaKind.Place && area.ArchivedAt == null)
            .Select(area => new { Id = (Guid?)area.Id, area.Name, LongName = (string?)area.LongName, Order = area.SortOrder });
        var tags = db.Courses
            .Where(Course.IsPublic).Where(course => course.Tag != null)
            .GroupBy(course => course.Tag ?? "")
            .Select(group => new { Id = (Guid?)null, Name = group.Key, LongName = db.CourseTags.Where(tag => tag.Tag == group.Key).Select(tag => tag.Words).FirstOrDefault(), Order = group.Min(course => course.OfferOrder) ?? 1000 });
        var rows = await areas.Concat(tags).OrderBy(row => row.Order).ThenBy(row => row.Name).Take(200).ToListAsync();
        var areaIds = new Dictionary<string, Guid>(StringComparer.OrdinalIgnoreCase);
        var longNames = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var tagWords = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Id is { } id)
            {
                areaIds[row.Name] = id;
                longNames[row.Name] = row.LongName ?? row.Name;
            }
            else
            {
                tagWords[row.Name] = row.LongName ?? row.Name;
            }
        }

        var towns = await db.Venues.Where(venue => venue.ArchivedAt == null && venue.Town != null)
            .Select(venue => venue.Town ?? "").Distinct().OrderBy(town => town).Take(100).ToListAsync();
        var levels = await db.Courses.Where(Course.IsPublic).Where(course => course.Level != null && course.Level != "")
            .Select(course => course.Level ?? "").Distinct().OrderBy(level => level).Take(20).ToListAsync();
        return new CatalogueChoices(
            areaIds, longNames, tagWords, [.. towns.Distinct(StringComparer.OrdinalIgnoreCase)], [.. levels.Distinct(StringComparer.OrdinalIgnoreCase)],
            new DistrictsOnMap(await SaveDistricts.ReadAsync(db, CancellationToken.None)));
    }
}
