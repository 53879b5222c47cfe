using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Next year's programme from this year's: the year is chosen, what becomes of each date is shown, and a button makes the drafts.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class NextYearModel(CopyProgramme copy) : PageModel
{
    /// <summary>The year to copy, "2026/27".</summary>
    [BindProperty(SupportsGet = true)]
    public string? Year { get; set; }

    public IReadOnlyList<YearToCopy> Years { get; private set; } = [];

    /// <summary>Set when a year was chosen.</summary>
    public NextYearPlan? Plan { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Years = await copy.YearsAsync(ct);
        if (Chosen is { } year)
        {
            Plan = await copy.PlanAsync(year, ct);
        }
        else if (Year is not null)
        {
            ModelState.AddModelError(nameof(Year), "Select a year from the list");
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Years = await copy.YearsAsync(ct);
        if (Chosen is not { } year)
        {
            return NotFound();
        }

        TempData["Success"] = await copy.RunAsync(year, User.Actor(), ct) switch
        {
            0 => $"Nothing was added: every date of {year} has its copy already.",
            1 => "1 draft is made. Look at it, then publish it.",
            var many => $"{many} drafts are made. Look at them, change what is needed, then publish them.",
        };
        return Redirect(DeskUrls.DraftsOf(year.Next));
    }

    private FinancialYear? Chosen => Years.FirstOrDefault(known => Year is { } typed && FinancialYear.Parse(typed) == known.Year)?.Year;
}
