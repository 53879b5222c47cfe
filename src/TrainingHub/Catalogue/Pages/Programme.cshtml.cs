using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages;

/// <summary>A programme: its modules in order, each with what it costs and its next dates.</summary>
[OutputCache(PolicyName = PublicPages.Policy)]
internal sealed class ProgrammeModel(TrainingHubDb db, PageCache cache, TimeProvider clock) : PageModel
{
    /// <param name="Card">The module's course with its next dates.</param>
    /// <param name="Number">In the programme.</param>
    /// <param name="Before">The course to take before; null is none.</param>
    internal sealed record Module(CourseCard Card, int Number, LinkedCourse? Before);

    public DateTimeOffset Now => clock.GetUtcNow();

    public required ListedProgramme Programme { get; set; }

    public IReadOnlyList<Module> Modules { get; private set; } = [];

    /// <summary>What it costs as a whole beside module by module; null when there is no such price, or a module has no date with a place.</summary>
    public WholeOffer? Offer { get; private set; }

    /// <summary>"Take module 1 before modules 2 to 5."; empty when the first is needed for none.</summary>
    public string FirstWords { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken ct)
    {
        var snapshot = await CatalogueSnapshot.ReadAsync(cache, clock);
        if (snapshot.Programmes.FirstOrDefault(known => known.Slug.Equals(slug, StringComparison.OrdinalIgnoreCase)) is not { } programme)
        {
            return NotFound();
        }

        if (programme.Slug != slug)
        {
            return LocalRedirectPermanent("~" + CatalogueUrls.Programme(programme.Slug));
        }

        Programme = programme;
        var now = clock.GetUtcNow();
        var live = await LiveDates.ReadAsync(cache, clock);
        var courses = snapshot.Courses.Where(course => course.Module?.Slug == slug).OrderBy(course => course.Module?.Number).ToList();
        var ids = courses.ConvertAll(course => course.Id);
        var before = await (
            from course in db.Courses.Where(course => ids.Contains(course.Id))
            join needed in db.Courses on course.PrerequisiteId equals needed.Id
            select new { course.Id, Course = new LinkedCourse(!needed.IsDraft && needed.ArchivedAt == null ? needed.Slug : null, needed.Title) }).ToDictionaryAsync(one => one.Id, one => one.Course, ct);
        Modules = courses.ConvertAll(course => new Module(
            CourseCard.Of(course, live.OfCourse(course.Id, new(), now)), course.Module?.Number ?? 0, before.GetValueOrDefault(course.Id)));
        FirstWords = WordsOf(Modules);
        var next = ids.ConvertAll(id => live.OfCourse(id, new(), now).FirstOrDefault(date => date.IsOpenAt(now) && !date.IsFullAt(now) && date.Price is not null));
        Offer = next.Contains(null) ? null : await WholeOffer.ReadAsync(db, [.. next.OfType<DateLine>()], ct);
        return Page();
    }

    private static string WordsOf(IReadOnlyList<Module> modules)
    {
        var first = modules[0];
        var needing = modules.Where(module => module.Before is { Slug: { } slug } && slug == first.Card.Course.Slug).Select(module => module.Number).ToList();
        if (needing.Count == 0)
        {
            return "";
        }

        var isRow = needing.Count > 1 && needing[^1] - needing[0] == needing.Count - 1;
        var numbers = isRow
            ? string.Create(CultureInfo.InvariantCulture, $"modules {needing[0]} to {needing[^1]}")
            : (needing.Count == 1 ? "module " : "modules ") + string.Join(" and ", needing);
        return string.Create(CultureInfo.InvariantCulture, $"Take module {first.Number} before {numbers}.");
    }
}
