using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>One act of the safeguarding lead, with what it changes said before.</summary>
[ForStaff(StaffRight.HandleConcerns), StepUp]
internal sealed class ConcernActPageModel(TrainingHubDb db, HandleConcern handle, IdentifyWriter identify) : PageModel
{
    [BindProperty]
    public string? Text { get; set; }

    /// <summary>The form's own: what it adds is added once.</summary>
    [BindProperty]
    public Guid Key { get; set; } = Guid.NewGuid();

    public ConcernActWords Words { get; private set; } = null!;
    public Guid Id { get; private set; }
    public string Reference { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(Guid id, string act, CancellationToken ct) => await LeadAwayAsync(id, act, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, string act, CancellationToken ct)
    {
        if (await LeadAwayAsync(id, act, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var text = Text?.Trim().ReplaceLineEndings("\n") ?? "";
        if (Words.Label is not null && (text.Length == 0 || text.Length > Words.Most))
        {
            ModelState.AddModelError(nameof(Text), text.Length == 0 ? Words.Missing : $"{Words.Label.TrimEnd('?')} must be {Words.Most:N0} characters or fewer");
            return Page();
        }

        var (kind, said) = await RunAsync(id, text, ct);
        TempData[kind] = said;
        return LocalRedirect("~" + SurveyUrls.Concern(id));
    }

    private async Task<(string Kind, string Said)> RunAsync(Guid id, string text, CancellationToken ct)
    {
        var by = User.Actor();
        if (Words.Act == ConcernAct.Identify)
        {
            return await identify.AskAsync(id, text, by, ct) switch
            {
                AskResult.Asked => ("Success", Words.Done),
                AskResult.AskedBefore => ("Notice", "It was asked before. Nothing has changed."),
                AskResult.NotTraceable => ("Notice", "Nothing leads from this text to anybody, so there is nothing to ask for."),
                AskResult.Gone => Changed,
            };
        }

        var isDone = await (Words.Act switch
        {
            ConcernAct.Note => handle.NoteAsync(id, Key, text, by, ct),
            ConcernAct.Refer => handle.ReferAsync(id, text, by, ct),
            ConcernAct.Close => handle.CloseAsync(id, text, by, ct),
            ConcernAct.Reopen => handle.ReopenAsync(id, by, ct),
            ConcernAct.Withdraw => handle.WithdrawAsync(id, text, by, ct),
            ConcernAct.Lift => handle.LiftHoldAsync(id, text, by, ct),
            ConcernAct.Identify => throw new InvalidOperationException("It is asked for above."),
        });
        return isDone ? ("Success", Words.Done) : Changed;
    }

    private static (string Kind, string Said) Changed => ("Notice", "The concern has changed since, or it is as you want it already. Nothing was changed now.");

    private async Task<IActionResult?> LeadAwayAsync(Guid id, string act, CancellationToken ct)
    {
        if (ConcernActWords.All.FirstOrDefault(one => one.Key == act) is not { } words || await db.Concerns.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } concern)
        {
            return NotFound();
        }

        (Words, Id, Reference) = (words, id, concern.Reference);
        if (words.Fits(concern))
        {
            return null;
        }

        TempData["Notice"] = Changed.Said;
        return LocalRedirect("~" + SurveyUrls.Concern(id));
    }
}
