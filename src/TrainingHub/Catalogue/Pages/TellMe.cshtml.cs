using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages;

/// <summary>"Tell me when there are dates" of one course, and interest in an event that has none.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class TellMeModel(TrainingHubDb db, AskForDates ask, TimeProvider clock) : PageModel
{
    private const string Asked = "DatesAsked";

    internal sealed record CourseHeading(Guid Id, string Slug, string Title, CourseKind Kind);

    [BindProperty]
    [Display(Name = "Your email address", Description = "We write to you once, when the first dates can be booked.")]
    [Required, DataType(DataType.EmailAddress), StringLength(EmailAddress.MaxLength)]
    public string? Email { get; set; }

    public CourseHeading Course { get; private set; } = null!;

    public bool IsAsked { get; private set; }

    public string KeptUntil => London.Words(London.DateOf(AskForDates.EndOf(clock.GetUtcNow())).AddDays(-1));

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken ct)
    {
        if (!await FindAsync(slug, ct))
        {
            return NotFound();
        }

        IsAsked = TempData[Asked] as string == Course.Slug;
        return IsAsked || !await HasDatesAsync(ct) ? Page() : ToDates();
    }

    public async Task<IActionResult> OnPostAsync(string slug, CancellationToken ct)
    {
        if (!await FindAsync(slug, ct))
        {
            return NotFound();
        }

        this.CheckAddress(nameof(Email), Email);
        if (!ModelState.IsValid || Email is not { } email)
        {
            return Page();
        }

        return await ask.RunAsync(Course.Id, email, ct) switch
        {
            AskResult.Asked => Done(),
            AskResult.HasDates => ToDates(),
            AskResult.ListFull => Refuse(),
        };
    }

    private RedirectResult Done()
    {
        TempData[Asked] = Course.Slug;
        return Redirect(CatalogueUrls.TellMe(Course.Slug));
    }

    private PageResult Refuse()
    {
        ModelState.AddModelError("", "So many people wait for this that we cannot take more addresses. Look at its page from time to time");
        return Page();
    }

    private RedirectResult ToDates() => Redirect(CatalogueUrls.Course(Course.Slug) + "#dates");

    private Task<bool> HasDatesAsync(CancellationToken ct) =>
        DateLines.Public(db, clock.GetUtcNow()).AnyAsync(run => run.CourseId == Course.Id, ct);

    private async Task<bool> FindAsync(string slug, CancellationToken ct)
    {
        var wanted = slug.ToLowerInvariant();
        var found = await db.Courses.Where(TrainingHub.Catalogue.Course.IsPublic).Where(course => course.Slug == wanted)
            .Select(course => new CourseHeading(course.Id, course.Slug, course.Title, course.Kind)).SingleOrDefaultAsync(ct);
        Course = found!;
        return found is not null;
    }
}
