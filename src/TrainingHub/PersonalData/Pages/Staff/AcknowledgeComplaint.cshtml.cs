using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.PersonalData.Pages.Staff;

/// <summary>Writes down when somebody without an email address was told that their complaint came.</summary>
[ForStaff(StaffRight.PersonalData)]
internal sealed class AcknowledgeComplaintModel(TrainingHubDb db, KeepRequest keep) : PageModel
{
    [BindProperty]
    [Display(Name = "When did you tell them?", Description = "By letter or by phone. For example 27/3/2027."), Required(ErrorMessage = "Enter the day on which you told them")]
    public DateOnly? On { get; set; }

    public DataRequest Asked { get; private set; } = null!;

    /// <summary>As dates are typed; null shows what was sent, when it was none.</summary>
    public string? Typed => On is { } on ? $"{on.Day}/{on.Month}/{on.Year}" : null;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await db.DataRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return NotFound();
        }

        Asked = found;
        return found.IsToAcknowledge ? Page() : Done(id, "Notice", "There is nothing to say: they were told, or it is answered.");
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!ModelState.IsValid || On is not { } on)
        {
            return await OnGetAsync(id, ct);
        }

        return await keep.AcknowledgeAsync(id, on, User.Actor(), ct) switch
        {
            KeepResult.Kept => Done(id, "Success", "Saved"),
            KeepResult.WrongDay => await RefuseAsync(id, ct),
            KeepResult.Gone => NotFound(),
            KeepResult.DoneBefore or KeepResult.NotIdentified or KeepResult.NotAcknowledged => Done(id, "Notice", "There is nothing to say: they were told, or it is answered."),
        };
    }

    private Task<IActionResult> RefuseAsync(Guid id, CancellationToken ct)
    {
        ModelState.AddModelError(nameof(On), "Enter a day from when it was received to today");
        return OnGetAsync(id, ct);
    }

    private RedirectResult Done(Guid id, string kind, string notice)
    {
        TempData[kind] = notice;
        return Redirect("~" + PersonalDataUrls.Request(id));
    }
}
