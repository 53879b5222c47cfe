using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Deletes a draft, which nobody but staff has seen. Any other date is cancelled instead.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class DeleteDraftModel(TrainingHubDb db, SaveDrafts save) : PageModel
{
    public DateLine Date { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return NotFound();
        }

        Date = date;
        return date.State == RunState.Draft ? Page() : Redirect(BookingUrls.StaffDate(run));
    }

    public async Task<IActionResult> OnPostAsync(Guid run, CancellationToken ct)
    {
        if (await save.DeleteAsync(run, User.Actor(), ct))
        {
            TempData["Success"] = "The draft is deleted.";
            return Redirect(AttendanceUrls.Dates);
        }

        TempData["Success"] = "Nothing was deleted: the date has changed, or is no draft any more.";
        return Redirect(BookingUrls.StaffDate(run));
    }
}
