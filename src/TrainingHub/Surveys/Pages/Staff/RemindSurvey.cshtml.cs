using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>Before those of a date who have not answered are reminded by hand: how many get a message, and why others do not.</summary>
[ForStaff(StaffRight.ReadResults, Act = [StaffRight.RunBookings])]
internal sealed class RemindSurveyModel(TrainingHubDb db, RemindByHand remind) : PageModel
{
    public DateLine Date { get; private set; } = null!;
    public Unanswered Who { get; private set; } = new(0, 0, 0, 0);

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return NotFound();
        }

        (Date, Who) = (date, await remind.LookAsync(run, ct));
        return Page();
    }

    [Needs(StaffRight.RunBookings)]
    public async Task<IActionResult> OnPostAsync(Guid run, CancellationToken ct)
    {
        var count = await remind.RunAsync(run, User.Actor(), ct);
        TempData["Success"] = count switch
        {
            0 => "Nobody was reminded: all have answered, or were written to before",
            1 => "1 reminder is sent",
            _ => $"{count} reminders are sent",
        };
        return LocalRedirect("~" + SurveyUrls.Unanswered);
    }
}
