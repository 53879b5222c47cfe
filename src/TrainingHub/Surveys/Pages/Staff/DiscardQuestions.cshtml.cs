using Microsoft.AspNetCore.Mvc;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>Shows what is lost with the draft, then discards it.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class DiscardQuestionsModel(TrainingHubDb db, EditDraft edit) : QuestionsPage(db)
{
    public Questionnaire Draft { get; private set; } = null!;
    public IReadOnlyList<QuestionChange> Changes { get; private set; } = [];

    public IActionResult OnGet()
    {
        if (Edited.Draft is not { } draft)
        {
            TempData["Notice"] = "There is no draft.";
            return LocalRedirect("~" + Edited.Questions);
        }

        (Draft, Changes) = (draft, DraftCheck.Changes(draft, [.. Edited.Versions.Where(version => version != draft)]));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid version, CancellationToken ct)
    {
        await edit.DiscardAsync(version, User.Actor(), ct);
        TempData["Success"] = "The draft is discarded";
        return LocalRedirect("~" + Edited.Questions);
    }
}
