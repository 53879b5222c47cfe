using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.FreePlaces.Pages.Staff;

/// <summary>One policy: a form while it is a draft, and how it was published afterwards.</summary>
[ForStaff(StaffRight.ReadBookings, Act = [StaffRight.RunBookings])]
internal sealed class PolicyModel(TrainingHubDb db, SavePolicy save) : PageModel
{
    private const string Changed = "Nothing changed: the policy was changed or published by somebody else meanwhile. Look at it again.";

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public PolicyFacts Form { get; private set; } = new();
    public FreePlacePolicy Policy { get; private set; } = null!;

    /// <summary>Decisions under it.</summary>
    public int Decisions { get; private set; }
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];
    public bool IsDraft => Policy.State == FreePlacePolicyState.Draft;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        return await TryUpdateModelAsync(Form, nameof(Form)) && ModelState.IsValid
            ? Told(id, await save.ChangeAsync(id, version, Form, User.Actor(), ct), "The draft is saved.")
            : Page();
    }

    public async Task<IActionResult> OnPostPublishAsync(Guid id, int version, CancellationToken ct) =>
        await ReadAsync(id, ct)
            ? IsWhole()
                ? Told(id, await save.PublishAsync(id, version, User.Actor(), ct), "Published. The public page shows it, and applications are decided under it.")
                : Page()
            : NotFound();

    // A draft that was never filled in has no words yet.
    private bool IsWhole()
    {
        if (Policy.Who.Length == 0 || Policy.Evidence.Length == 0)
        {
            ModelState.AddModelError("Form.Who", "Fill in the policy and save it before you publish it");
        }

        return ModelState.IsValid;
    }

    private RedirectResult Told(Guid id, SavePolicyResult result, string done)
    {
        TempData["Success"] = result switch
        {
            SavePolicyResult.Saved => done,
            SavePolicyResult.ChangedSince or SavePolicyResult.NotFound => Changed,
            SavePolicyResult.BelowUsed => "Nothing changed: more has been given this year than this budget allows. Raise the budget first.",
        };
        return Redirect(FreePlaceUrls.StaffPolicy(id));
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await db.FreePlacePolicies.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, ct) is not { } policy)
        {
            return false;
        }

        (Policy, Form) = (policy, PolicyFacts.Of(policy));
        Decisions = await db.FreePlaceApplications.CountAsync(one => one.PolicyId == id && one.State != FreePlaceState.Pending, ct);
        History = await HistoryEntry.OfAsync<FreePlacePolicy>(db, id, ct);
        return true;
    }
}
