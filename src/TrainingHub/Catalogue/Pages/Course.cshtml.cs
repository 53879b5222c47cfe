using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Platform.Web.Binding;

namespace TrainingHub.Catalogue.Pages;

[OutputCache(PolicyName = PublicPages.Policy)]
internal sealed class CourseModel(TrainingHubDb db, PageCache cache, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    private const int MostDates = 200;

    internal sealed record ModuleLink(string Slug, string Title, int? Number);

    internal sealed record LinkedProgramme(string Slug, string Title, int Number);

    internal sealed record ShapedByLine(string Words, string Source, string? Address);

    internal sealed record CourseText(
        Guid Id,
        string Slug,
        string Title,
        string Summary,
        string Audience,
        string? TagWords,
        string? LinkedTo,
        string? Priority,
        string? Level,
        CourseLength? Length,
        bool IsNew,
        bool IsOffered,
        LinkedProgramme? Programme,
        IReadOnlyList<string> Titles,
        IReadOnlyList<ModuleLink> Modules,
        IReadOnlyList<ShapedByLine> ShapedBy,
        CourseTexts Texts,
        CourseKind Kind);

    public required CourseText Course { get; set; }

    /// <summary>Where it stands in its programme; null when it is in none, or in one that is not in use.</summary>
    public ListedModule? Module => Course.Programme is { } programme
        ? new(programme.Slug, programme.Title, programme.Number, Course.Modules.Max(module => module.Number) ?? programme.Number)
        : null;

    /// <summary>All coming dates in order, full ones too.</summary>
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];

    /// <summary>Those that fit the filters with which the reader came; all without any.</summary>
    public IReadOnlyList<DateLine> Fitting { get; private set; } = [];

    /// <summary>The filters that dates are asked for, in words; empty when none is.</summary>
    public string Filters { get; private set; } = "";

    /// <summary>The list that the reader came from.</summary>
    public string CoursesAddress => CatalogueUrls.Courses + FilterWords.Query(Value);

    /// <summary>Of an event, the programme of its next date; null without one. What is left in its sessions stands there when it is the only date.</summary>
    public ShownProgramme? Programme { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public string StructuredData { get; private set; } = "";

    /// <summary>Where the dates are held of which there is more to say than the address.</summary>
    public IReadOnlyList<VenueDetails> Venues { get; private set; } = [];

    public IEnumerable<string> OtherTitles => Course.Titles.Where(title => CourseTitle.KeyOf(title) != CourseTitle.KeyOf(Course.Title));

    public IEnumerable<Price> Prices => Dates.Select(date => date.Price).OfType<Price>().Distinct();

    /// <summary>The cancellation policy that who books today accepts; empty when no date to come has a price.</summary>
    public IReadOnlyList<string> Policy { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken ct)
    {
        if (await FindAsync(slug.ToLowerInvariant(), ct) is not { } course)
        {
            return await CourseFinder.SlugOfTitleAsync(db, slug, ct) is { } known
                ? LocalRedirectPermanent("~" + CatalogueUrls.Course(known) + Request.QueryString.ToUriComponent())
                : NotFound();
        }

        if (course.Slug != slug)
        {
            return LocalRedirectPermanent("~" + CatalogueUrls.Course(course.Slug) + Request.QueryString.ToUriComponent());
        }

        Course = course;
        Now = clock.GetUtcNow();
        var dates = await DateLines.Of(db, DateLines.Public(db, Now).Where(run => run.CourseId == course.Id))
            .OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(MostDates).ToArrayAsync(ct);
        Dates = dates;
        if (course.Kind != CourseKind.Course && dates is [var next, ..])
        {
            var shown = ShownProgramme.Of(await EventProgramme.ReadAsync(db, next.Id, ct), next, Now);
            Programme = shown with { CanChoose = shown.CanChoose && dates.Length == 1 };
        }

        await FilterAsync(dates);
        Policy = Dates.Any(date => date.Price is { IsFreeForAll: false }) && await CancellationPolicy.OfAsync(db, London.DateOf(Now), ct) is { } policy
            ? CancellationWords.Of(policy)
            : [];
        var inPerson = Dates.Where(date => date.Delivery == DeliveryMode.InPerson).Select(date => date.Id).ToList();
        Venues = inPerson.Count == 0 ? [] : [.. (await VenueDetails.OfRunsAsync(db, inPerson, ct)).Values.Distinct().Where(venue => venue.SaysMore).OrderBy(venue => venue.Name)];
        StructuredData = Catalogue.StructuredData.Of(
            new StructuredData.CourseWords(course.Title, course.Summary, site.Value.Absolute(CatalogueUrls.Course(course.Slug)), course.Level),
            site.Value.PartnershipName, site.Value.Absolute, Dates, Now);
        return Page();
    }

    // A filter that is not known is refused where it is chosen; here it asks for nothing.
    private async Task FilterAsync(DateLine[] dates)
    {
        var choices = (await CatalogueSnapshot.ReadAsync(cache, clock)).Choices;
        var filter = CatalogueQuery.Read(Value, choices).Filter;
        Fitting = filter.Of(dates, Now);
        Filters = string.Join(", ", FilterWords.Of(filter with { Words = null, Tag = null }, choices, name => name == "tag" ? null : Value(name)).Select(chosen => chosen.Words));
    }

    private string? Value(string name) => TidyTextBinder.Tidy(Request.Query[name].ToString()) is { Length: > 0 } value ? value : null;

    private async Task<CourseText?> FindAsync(string slug, CancellationToken ct) => await db.Courses.AsNoTracking().AsSingleQuery()
        .Where(TrainingHub.Catalogue.Course.IsPublic)
        .Where(course => course.Slug == slug)
        .Select(course => new CourseText(
            course.Id,
            course.Slug,
            course.Title,
            course.Summary,
            course.Audience,
            db.CourseTags.Where(tag => tag.Tag == course.Tag).Select(tag => tag.Words).FirstOrDefault() ?? course.Tag,
            course.LinkedTo,
            course.Priority,
            course.Level,
            course.Length,
            course.IsNew,
            course.OfferOrder != null,
            db.Programmes.Where(programme => programme.Id == course.ProgrammeId && programme.ArchivedAt == null)
                .Select(programme => new LinkedProgramme(programme.Slug, programme.Title, course.ModuleNumber ?? 0)).FirstOrDefault(),
            db.CourseTitles.Where(title => title.CourseId == course.Id).OrderBy(title => title.Title).Select(title => title.Title).ToList(),
            db.Courses.Where(TrainingHub.Catalogue.Course.IsPublic).Where(module => course.ProgrammeId != null && module.ProgrammeId == course.ProgrammeId)
                .OrderBy(module => module.ModuleNumber).Select(module => new ModuleLink(module.Slug, module.Title, module.ModuleNumber)).ToList(),
            db.ShapedBy.Where(line => line.CourseId == course.Id).OrderByDescending(line => line.FromOn).ThenBy(line => line.Source)
                .Select(line => new ShapedByLine(line.Words, line.Source, line.Address)).ToList(),
            new CourseTexts(
                course.Outcomes, course.DayPlan, course.Bring, course.HowItRuns, course.Resources, course.RenewalMonths,
                db.Courses.Where(before => before.Id == course.PrerequisiteId)
                    .Select(before => new LinkedCourse(!before.IsDraft && before.ArchivedAt == null ? before.Slug : null, before.Title)).FirstOrDefault(),
                course.PrerequisiteRule),
            course.Kind))
        .SingleOrDefaultAsync(ct);
}
