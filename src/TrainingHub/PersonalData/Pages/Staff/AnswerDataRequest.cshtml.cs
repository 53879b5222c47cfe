using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.PersonalData.Pages.Staff;

/// <summary>Closes a request with what was given or told.</summary>
[ForStaff(StaffRight.PersonalData)]
internal sealed class AnswerDataRequestModel(TrainingHubDb db, KeepRequest keep) : PageModel
{
    [BindProperty]
    [Display(Name = "What were they given or told?", Description = "For example: handed over on paper on 3 April. If you refuse, say why. Write no names: it is kept two years."), StringLength(DataRequest.AnswerLength, ErrorMessage = "What they were given or told must be {1} characters or fewer")]
    public string? Given { get; set; }

    [BindProperty]
    [Display(Name = "What did you find?")]
    public ComplaintFinding? Finding { get; set; }

    [BindProperty]
    [Display(Name = "Send them this answer by email")]
    public bool Tell { get; set; } = true;

    public DataRequest Asked { get; private set; } = null!;

    public bool IsComplaint => Asked.Kind == DataRequestKind.Complaint;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await db.DataRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return NotFound();
        }

        Asked = found;
        return found.IsOpen ? Page() : Done(id, "Notice", "It is answered already.");
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        var shown = await OnGetAsync(id, ct);
        if (shown is not PageResult)
        {
            return shown;
        }

        if (IsComplaint && Finding is null && ModelState.GetFieldValidationState(nameof(Finding)) != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
        {
            ModelState.AddModelError(nameof(Finding), "Select what you found");
        }

        if (Given is null)
        {
            ModelState.AddModelError(nameof(Given), IsComplaint ? "Enter your answer" : "Enter what they were given or told");
        }

        if (!ModelState.IsValid)
        {
            return shown;
        }

        return await keep.AnswerAsync(id, Given!, IsComplaint ? Finding : null, Tell, User.Actor(), ct) switch
        {
            KeepResult.Kept => Done(id, "Success", Tell && Asked.Email is not null ? "Answered and closed. The answer goes to them by email." : "Answered and closed. Nothing was sent from here."),
            KeepResult.DoneBefore or KeepResult.NotAcknowledged or KeepResult.WrongDay => Done(id, "Notice", "It is answered already. Nothing was changed."),
            KeepResult.Gone => NotFound(),
            KeepResult.NotIdentified => await RefuseAsync(id, ct),
        };
    }

    private Task<IActionResult> RefuseAsync(Guid id, CancellationToken ct)
    {
        ModelState.AddModelError(nameof(Given), "First say on the request how you checked who is asking");
        return OnGetAsync(id, ct);
    }

    private RedirectResult Done(Guid id, string kind, string notice)
    {
        TempData[kind] = notice;
        return Redirect("~" + PersonalDataUrls.Request(id));
    }
}
