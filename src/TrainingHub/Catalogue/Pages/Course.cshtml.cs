using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages;

[OutputCache(PolicyName = PublicPages.Policy)]
internal sealed class CourseModel(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    private const int MostDates = 200;

    internal sealed record Module(string Slug, string Title, int? Number);

    internal sealed record CourseText(
        Guid Id,
        string Slug,
        string Title,
        string Summary,
        string Audience,
        string? Tag,
        string? LinkedTo,
        string? Level,
        CourseLength? Length,
        bool IsNew,
        bool IsOffered,
        int? ModuleNumber,
        string? Programme,
        IReadOnlyList<string> Titles,
        IReadOnlyList<Module> Modules);

    public required CourseText Course { get; set; }

    /// <summary>All coming dates in order, full ones too.</summary>
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];

    public string StructuredData { get; private set; } = "";

    public IEnumerable<string> OtherTitles => Course.Titles.Where(title => CourseTitle.KeyOf(title) != CourseTitle.KeyOf(Course.Title));

    public IEnumerable<Price> Prices => Dates.Select(date => date.Price).OfType<Price>().Distinct();

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken ct)
    {
        if (await FindAsync(slug, ct) is not { } course)
        {
            return NotFound();
        }

        Course = course;
        Dates = await DateLines.Of(db, DateLines.Public(db, clock.GetUtcNow()).Where(run => run.CourseId == course.Id))
            .OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(MostDates).ToListAsync(ct);
        StructuredData = Catalogue.StructuredData.Of(
            new StructuredData.CourseWords(course.Title, course.Summary, site.Value.Absolute(CatalogueUrls.Course(course.Slug)), course.Level),
            site.Value.PartnershipName, site.Value.Absolute, Dates);
        return Page();
    }

    private async Task<CourseText?> FindAsync(string slug, CancellationToken ct) => await db.Courses.AsNoTracking().AsSingleQuery()
        .Where(course => course.Slug == slug)
        .Select(course => new CourseText(
            course.Id,
            course.Slug,
            course.Title,
            course.Summary,
            course.Audience,
            course.Tag,
            course.LinkedTo,
            course.Level,
            course.Length,
            course.IsNew,
            course.OfferOrder != null,
            course.ModuleNumber,
            db.Programmes.Where(programme => programme.Id == course.ProgrammeId).Select(programme => programme.Title).FirstOrDefault(),
            db.CourseTitles.Where(title => title.CourseId == course.Id).OrderBy(title => title.Title).Select(title => title.Title).ToList(),
            db.Courses.Where(module => course.ProgrammeId != null && module.ProgrammeId == course.ProgrammeId)
                .OrderBy(module => module.ModuleNumber).Select(module => new Module(module.Slug, module.Title, module.ModuleNumber)).ToList()))
        .SingleOrDefaultAsync(ct);
}
