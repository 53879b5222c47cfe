using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>Shows what is lost with the draft, then discards it.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class DiscardQuestionsModel(TrainingHubDb db, EditDraft edit) : PageModel
{
    public Questionnaire Draft { get; private set; } = null!;
    public IReadOnlyList<QuestionChange> Changes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var versions = await SurveyDraft.ReadAsync(db, ct);
        if (versions.FirstOrDefault(version => version.Version.State == VersionState.Draft) is not { } draft)
        {
            TempData["Notice"] = "There is no draft.";
            return LocalRedirect("~" + SurveyUrls.Questions);
        }

        (Draft, Changes) = (draft, DraftCheck.Changes(draft, [.. versions.Where(version => version != draft)]));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid version, CancellationToken ct)
    {
        await edit.DiscardAsync(version, User.Actor(), ct);
        TempData["Success"] = "The draft is discarded";
        return LocalRedirect("~" + SurveyUrls.Questions);
    }
}
