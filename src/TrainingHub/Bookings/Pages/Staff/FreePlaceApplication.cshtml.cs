using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.FreePlaces;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>One application: what it says and what backs it up, what the organisation has had, and the decision with what follows from it.</summary>
[ForStaff(StaffRight.ReadBookings, Act = [StaffRight.RunBookings])]
internal sealed class FreePlaceApplicationModel(TrainingHubDb db, DecideFreePlace decide, AskApplicant ask, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Which rule is not met?")]
    public DeclinedRule? Rule { get; set; }

    [BindProperty]
    [Display(Name = "Reason, as the applicant will read it"), StringLength(FreePlaceApplication.ReasonLength)]
    public string? Reason { get; set; }

    [BindProperty]
    [Display(Name = "What do you need to know?", Description = "The applicant reads it in an email and answers by a private link. The days to decide stand still until then.")]
    [StringLength(FreePlaceApplication.QuestionLength, ErrorMessage = "The question must be {1} characters or fewer")]
    public string? Question { get; set; }

    public bool IsAskRefused => ModelState.GetFieldValidationState(nameof(Question)) == ModelValidationState.Invalid;
    public bool IsDeclineRefused => !ModelState.IsValid && !IsAskRefused;

    public ApplicationRow Row { get; private set; } = null!;
    public IReadOnlyList<EvidenceRow> Evidence { get; private set; } = [];
    public OrganisationFacts Facts { get; private set; } = null!;

    /// <summary>Under which it is decided; null when none is known.</summary>
    public FreePlacePolicy? Policy { get; private set; }
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];
    public DateOnly Today => London.DateOf(clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostApproveAsync(Guid id, CancellationToken ct) =>
        Told(id, await decide.ApproveAsync(id, User.Actor(), ct), "Approved. The applicant is told by email, with the code of the award.");

    public async Task<IActionResult> OnPostDeclineAsync(Guid id, CancellationToken ct)
    {
        if (Rule is null)
        {
            ModelState.AddModelError(nameof(Rule), "Select which rule is not met");
        }

        if (Reason is null)
        {
            ModelState.AddModelError(nameof(Reason), "Enter the reason for declining. The applicant is told it");
        }

        return ModelState.IsValid
            ? Told(id, await decide.DeclineAsync(id, Reason!, User.Actor(), ct, Rule), "Declined. The applicant is told why, and what else there is.")
            : await ReadAsync(id, ct) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAskAsync(Guid id, CancellationToken ct)
    {
        if (Question is null)
        {
            ModelState.AddModelError(nameof(Question), "Enter what you need to know");
        }

        if (!ModelState.IsValid)
        {
            return await ReadAsync(id, ct) ? Page() : NotFound();
        }

        TempData["Success"] = await ask.RunAsync(id, Question!, User.Actor(), ct)
            ? "Asked. The applicant has an email with a link to answer."
            : "Nothing changed: this application does not wait for a decision any more.";
        return Redirect(FreePlaceUrls.StaffApplication(id));
    }

    private RedirectResult Told(Guid id, DecideResult result, string done)
    {
        TempData["Success"] = result switch
        {
            DecideResult.Decided => done,
            DecideResult.NotPending => "Nothing changed: this application was decided or withdrawn before.",
            DecideResult.Lapsed => "Nothing changed: the course has begun, so this application has lapsed.",
            DecideResult.NothingToOffer => "Nothing changed: the date has no price, so there is nothing to offer instead.",
            DecideResult.OverAllowance or DecideResult.OverBudget or DecideResult.NoPolicy => $"Nothing changed: {DecideWords.Over(result)}.",
        };
        return Redirect(FreePlaceUrls.StaffApplication(id));
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        var found = await ApplicationRow.Of(db, db.FreePlaceApplications.AsNoTracking().Where(one => one.Id == id)).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return false;
        }

        Row = found;
        Evidence = await db.FreePlaceEvidence.Where(one => one.ApplicationId == id).OrderBy(one => one.Id)
            .Select(one => new EvidenceRow(one.Id, one.FileName, one.Content.Length, one.AddedAt)).ToListAsync(ct);
        var policy = await db.FreePlaceApplications.Where(one => one.Id == id).Select(one => one.PolicyId).FirstAsync(ct);
        Policy = policy is null ? await FreePlacePolicy.InForceAsync(db, Today, ct) : await db.FreePlacePolicies.AsNoTracking().FirstAsync(one => one.Id == policy, ct);
        Facts = await OrganisationFacts.ReadAsync(db, found, Policy, Today, ct);
        History = await HistoryEntry.OfAsync<FreePlaceApplication>(db, id, ct);
        return true;
    }
}

/// <summary>A document, without its content.</summary>
internal sealed record EvidenceRow(Guid Id, string FileName, int Bytes, DateTimeOffset AddedAt)
{
    public string Size => Bytes < 1024 * 1024 ? $"{Math.Max(1, Bytes / 1024)} KB" : $"{Bytes / (1024d * 1024d):0.0} MB";
}
