using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>Which themes and priorities a course carries.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class CourseThemesPageModel(TrainingHubDb db, SaveCourseThemes save) : PageModel
{
    [BindProperty]
    [Display(Name = "Themes that it teaches")]
    public Guid[] ThemeIds { get; set; } = [];

    [BindProperty]
    [Display(Name = "Priorities of the partnership that it serves")]
    public Guid[] PriorityIds { get; set; } = [];

    [BindProperty]
    public int Version { get; set; }

    public Guid Id { get; private set; }
    public string CourseTitle { get; private set; } = "";
    public IReadOnlyList<SelectListItem> Themes { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Priorities { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await ReadAsync(id, ct) is not { } found)
        {
            return NotFound();
        }

        (ThemeIds, PriorityIds, Version) = found;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await ReadAsync(id, ct) is null)
        {
            return NotFound();
        }

        if (!LearningChoices.Has(Themes, ThemeIds) || !LearningChoices.Has(Priorities, PriorityIds))
        {
            ModelState.AddModelError(nameof(ThemeIds), "Select themes and priorities from the lists");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        return await save.RunAsync(id, Version, [.. ThemeIds.Distinct()], [.. PriorityIds.Distinct()], User.Actor(), ct) switch
        {
            EditOutcome.Saved => Done(),
            EditOutcome.Unknown => NotFound(),
            EditOutcome.ChangedSince => Refuse(),
            EditOutcome.NameTaken => throw new InvalidOperationException("It has no name."),
        };
    }

    private LocalRedirectResult Done()
    {
        TempData["Success"] = "Saved";
        return LocalRedirect("~" + LearningUrls.Themes);
    }

    private PageResult Refuse()
    {
        ModelState.AddModelError("", "Somebody changed this while you had it open. Nothing of yours is saved. Open the page again to see what stands there now");
        return Page();
    }

    private async Task<(Guid[] Themes, Guid[] Priorities, int Version)?> ReadAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        if (await db.Courses.Where(course => course.Id == id).Select(course => course.Title).SingleOrDefaultAsync(ct) is not { } title)
        {
            return null;
        }

        CourseTitle = title;
        var found = await db.CourseThemes.AsNoTracking().SingleOrDefaultAsync(one => one.CourseId == id, ct);
        Themes = await LearningChoices.ThemesAsync(db, found?.ThemeIds ?? [], ct);
        Priorities = await LearningChoices.PrioritiesAsync(db, found?.PriorityIds ?? [], ct);
        return (found?.ThemeIds ?? [], found?.PriorityIds ?? [], found?.Version ?? 0);
    }
}
