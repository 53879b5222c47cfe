using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.PersonalData.Pages.Staff;

/// <summary>What erasing does, what stays and why, and whom it tells; then does it.</summary>
[ForStaff(StaffRight.PersonalData), StepUp]
internal sealed class EraseDataModel(TrainingHubDb db, EraseRequest erase, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Erase the rest now. What the coming dates need stays until they are over")]
    public bool LeaveNeeded { get; set; }

    public DataRequest Asked { get; private set; } = null!;
    public ErasurePlan Plan { get; private set; } = null!;
    public IReadOnlyList<ErasureLine> Lines => [.. Plan.Goes, .. Plan.Stays];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await db.DataRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return NotFound();
        }

        var ticked = await EraseRequest.TickedAsync(db, id, ct);
        if (!found.IsOpen || found.Kind != DataRequestKind.Erasure || found.Identity is null || ticked.Count == 0)
        {
            return Back(id, found.Kind != DataRequestKind.Erasure ? "They did not ask for erasure." : !found.IsOpen ? "It is erased already." : found.Identity is null ? "First say how you checked who is asking." : "First find their records.");
        }

        (Asked, Plan) = (found, await ErasurePlan.ReadAsync(db, await EraseRequest.LeftAsync(db, id, ct), clock.GetUtcNow(), ct));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct) => await erase.RunAsync(id, LeaveNeeded, User.Actor(), ct) switch
    {
        EraseResult.Erased => Back(id, "Erased. What went and what is kept stands below.", "Success"),
        EraseResult.ErasedBefore => Back(id, "It was erased before. Nothing was changed."),
        EraseResult.Gone => NotFound(),
        EraseResult.NotAsked => Back(id, "It is answered, or they did not ask for erasure. Nothing was changed."),
        EraseResult.NotIdentified => Back(id, "First say how you checked who is asking."),
        EraseResult.NothingTicked => Back(id, "First find their records."),
        EraseResult.StillNeeded => await RefuseAsync(id, ct),
        EraseResult.ChangedMeanwhile => Again("Something was booked or changed at the same moment. Nothing was erased: look at the list again, then erase."),
    };

    private Task<IActionResult> RefuseAsync(Guid id, CancellationToken ct)
    {
        ModelState.AddModelError(nameof(LeaveNeeded), "Cancel or change what is listed first, or tick that it stays until the dates are over");
        return OnGetAsync(id, ct);
    }

    private RedirectResult Again(string notice)
    {
        TempData["Notice"] = notice;
        return Redirect(Request.PathBase + Request.Path);
    }

    private RedirectResult Back(Guid id, string notice, string kind = "Notice")
    {
        TempData[kind] = notice;
        return Redirect("~" + PersonalDataUrls.Request(id));
    }
}
