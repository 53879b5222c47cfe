using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.PersonalData.Pages.Staff;

/// <summary>Gives a request two months more or a complaint 30 days, once, with a reason that the asker is told.</summary>
[ForStaff(StaffRight.PersonalData)]
internal sealed class ExtendDataRequestModel(TrainingHubDb db, KeepRequest keep) : PageModel
{
    [BindProperty]
    [Display(Name = "Why does it take longer?", Description = "The law allows it only for a request that is complex, or for many requests of one person. They are told this reason."), Required(ErrorMessage = "Enter why it takes longer"), StringLength(DataRequest.ReasonLength, ErrorMessage = "The reason must be {1} characters or fewer")]
    public string? Why { get; set; }

    public DataRequest Asked { get; private set; } = null!;
    public DateOnly Later => Asked.LaterDue;
    public bool IsComplaint => Asked.Kind == DataRequestKind.Complaint;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await db.DataRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return NotFound();
        }

        Asked = found;
        return found.IsToAcknowledge ? Unacknowledged(id) : found.MayExtend ? Page() : Done(id, "Notice", "It cannot be extended any more.");
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            return await OnGetAsync(id, ct);
        }

        return await keep.ExtendAsync(id, Why!, User.Actor(), ct) switch
        {
            KeepResult.Kept => Done(id, "Success", "There is more time now."),
            KeepResult.NotAcknowledged => Unacknowledged(id),
            KeepResult.DoneBefore or KeepResult.NotIdentified or KeepResult.WrongDay => Done(id, "Notice", "It cannot be extended any more. Nothing was changed."),
            KeepResult.Gone => NotFound(),
        };
    }

    private RedirectResult Unacknowledged(Guid id) => Done(id, "Notice", "First tell them that it came, and say here when you did.");

    private RedirectResult Done(Guid id, string kind, string notice)
    {
        TempData[kind] = notice;
        return Redirect("~" + PersonalDataUrls.Request(id));
    }
}
