using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>Puts in what people in this field type, for the published offer. Does nothing when there is anything of the kind.</summary>
internal sealed class SeedSearchMeanings(TrainingHubDb db) : ISeed
{
    public static int Order => 25;

    public static bool DemoOnly => true;

    private sealed record Row(string Name, IReadOnlyList<string> Typed, IReadOnlyList<string> Courses, string? Says, string? LinkWords, string? LinkAddress);

    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.SearchMeanings.AnyAsync(ct))
        {
            return;
        }

        var courses = await db.Courses.ToDictionaryAsync(course => course.Slug, course => course.Id, ct);
        db.AddRange(SeedFile.ReadJson<IReadOnlyList<Row>>("Catalogue.Seed.search-meanings.json").Select(row => new SearchMeaning
        {
            Id = Guid.CreateVersion7(),
            Name = row.Name,
            Typed = [.. row.Typed.Select(TypedWords.Tidy).Except([TypedWords.Tidy(row.Name)])],
            Courses = [.. row.Courses.Where(courses.ContainsKey).Select(slug => courses[slug])],
            Says = row.Says,
            LinkWords = row.LinkWords,
            LinkAddress = row.LinkAddress,
        }));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}
