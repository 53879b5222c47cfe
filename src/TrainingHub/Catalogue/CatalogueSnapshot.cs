using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>
/// What the list says of courses and coming dates, beside the places left: it changes a few times a year and is asked for at
/// every page, so it is remembered.
/// </summary>
/// <param name="Courses">All that are public, in the order of the printed offer.</param>
/// <param name="Dates">Those still to come when this was read, the next one first, with the places of that moment.</param>
/// <param name="Programmes">Those of which visitors see a module.</param>
/// <param name="Choices">What a reader can filter by.</param>
internal sealed record CatalogueSnapshot(
    IReadOnlyList<ListedCourse> Courses, IReadOnlyList<DateLine> Dates, IReadOnlyList<ListedProgramme> Programmes, CatalogueChoices Choices)
{
    private readonly HashSet<Guid> dateIds = [.. Dates.Select(date => date.Id)];

    public bool HasDate(Guid id) => dateIds.Contains(id);

    public static Task<CatalogueSnapshot> ReadAsync(PageCache cache, TimeProvider clock) =>
        cache.GetAsync(db => ReadAsync(db, clock.GetUtcNow()));

    private static async Task<CatalogueSnapshot> ReadAsync(TrainingHubDb db, DateTimeOffset now) => new(
        await db.Courses.Where(Course.IsPublic)
            .OrderBy(course => course.OfferOrder == null).ThenBy(course => course.OfferOrder).ThenBy(course => course.ModuleNumber).ThenBy(course => course.Id)
            .Select(course => new ListedCourse(
                course.Id, course.Slug, course.Title, course.Summary, course.Tag,
                db.CourseTags.Where(tag => tag.Tag == course.Tag).Select(tag => tag.Words).FirstOrDefault() ?? course.Tag,
                course.Level, course.Length, course.IsNew, course.OfferOrder,
                db.Programmes.Where(programme => programme.Id == course.ProgrammeId && programme.ArchivedAt == null)
                    .Select(programme => new ListedModule(
                        programme.Slug, programme.Title, course.ModuleNumber ?? 0,
                        db.Courses.Where(Course.IsPublic).Where(module => module.ProgrammeId == programme.Id).Max(module => module.ModuleNumber) ?? 0))
                    .FirstOrDefault(),
                course.Kind))
            .ToListAsync(),
        await DateLines.Of(db, DateLines.OfPublicCourses(db, now)).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).ToListAsync(),
        await db.Programmes.Where(programme => programme.ArchivedAt == null && db.Courses.Where(Course.IsPublic).Any(course => course.ProgrammeId == programme.Id))
            .OrderBy(programme => programme.Title).ThenBy(programme => programme.Id)
            .Select(programme => new ListedProgramme(
                programme.Slug, programme.Title, programme.Summary,
                db.Courses.Where(Course.IsPublic).Count(course => course.ProgrammeId == programme.Id)))
            .ToListAsync(),
        await CatalogueChoices.ReadAsync(db));
}
