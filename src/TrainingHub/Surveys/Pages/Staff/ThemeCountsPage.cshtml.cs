using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>How many comments of a course and a year have each theme, with the base. No comment is shown.</summary>
[ForStaff(StaffRight.ReadComments)]
internal sealed class ThemeCountsPageModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    private const int YearsOffered = 6;

    [BindProperty(SupportsGet = true)]
    public Guid? Course { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Year { get; set; }

    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Years { get; private set; } = [];
    public ThemeCounts Counts { get; private set; } = null!;

    public string AgreementWords => Counts.Agreement is { } agreement
        ? $"A second reader has coded {agreement.Texts:N0} of them. {agreement.Percent:0.0}% of the decisions are alike{(agreement.Kappa is { } kappa ? $" (Cohen’s kappa {kappa:0.00}: 1 is full agreement, 0 is chance)" : "")}."
        : $"A second reader has coded fewer than {AnswerGroups.Smallest} of them, so there is no figure of agreement yet.";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var year = Year is { Length: > 0 } typed ? FinancialYear.Parse(typed) : null;
        Counts = await ThemeCounts.ReadAsync(db, Course, year, ct);
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "comment-themes", new TextTable(
                ["theme", "comments", "base"], [.. Counts.Counts.Select(row => new[] { row.Theme, row.Count?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not shown", Counts.Base.ToString(System.Globalization.CultureInfo.InvariantCulture) })]), ct);
        }

        var current = FinancialYear.Of(London.DateOf(clock.GetUtcNow()));
        Years = [.. Enumerable.Range(0, YearsOffered).Select(back => new FinancialYear(current.StartsIn - back)).Select(one => new SelectListItem(one.ToString(), one.ToString()))];
        Courses = [.. (await db.Courses.Where(course => db.SurveyResponses.Any(response => response.CourseId == course.Id)).OrderBy(course => course.Title).Select(course => new { course.Id, course.Title }).ToListAsync(ct))
            .Select(course => new SelectListItem(course.Title, course.Id.ToString()))];
        return Page();
    }
}
