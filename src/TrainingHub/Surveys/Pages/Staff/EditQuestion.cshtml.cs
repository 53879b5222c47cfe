using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>One question of the draft, or a new one. What was typed stays when it cannot be saved.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class EditQuestionModel(TrainingHubDb db, EditDraft edit) : QuestionsPage(db)
{
    public static IReadOnlyList<SelectListItem> Kinds { get; } = [.. Enum.GetValues<QuestionKind>().Select(kind => new SelectListItem(kind.Words(), kind.ToString()))];

    public static IReadOnlyList<SelectListItem> Levels { get; } = [.. Enum.GetValues<KirkpatrickLevel>().Select(level => new SelectListItem(level.Words(), level.ToString()))];

    [BindProperty]
    public QuestionForm Form { get; set; } = new();

    public Questionnaire Draft { get; private set; } = null!;

    /// <summary>Null for a new one.</summary>
    public AskedQuestion? Known { get; private set; }

    /// <summary>Whether an earlier version asked it.</summary>
    public bool IsAskedBefore { get; private set; }

    public IActionResult OnGet(string? key)
    {
        if (Read(key) is { } elsewhere)
        {
            return elsewhere;
        }

        Form = Known is null ? QuestionForm.New : QuestionForm.Of(Known);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? key, Guid version, int revision, CancellationToken ct)
    {
        if (Read(key) is { } elsewhere)
        {
            return elsewhere;
        }

        if (Form.Check(Known, ModelState) is not { } facts)
        {
            return Page();
        }

        if (await edit.SaveAsync(version, revision, facts, User.Actor(), ct) is { } refusal)
        {
            ModelState.AddModelError("", $"{refusal.Words()} Save again if yours is to stand in its place");
            return Page();
        }

        TempData["Success"] = Known is null ? "Added to the draft" : "Saved in the draft";
        return LocalRedirect("~" + Edited.Questions);
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? key, Guid version, int revision, CancellationToken ct)
    {
        if (await edit.RemoveAsync(version, revision, key ?? "", User.Actor(), ct) is { } refusal)
        {
            TempData["Notice"] = refusal.Words();
        }
        else
        {
            TempData["Success"] = "Taken out of the draft";
        }

        return LocalRedirect("~" + Edited.Questions);
    }

    /// <returns>Where to go instead, when there is no such question to edit.</returns>
    private LocalRedirectResult? Read(string? key)
    {
        var draft = Edited.Draft;
        if (draft is null || (key is not null && draft.Find(key) is null))
        {
            TempData["Notice"] = draft is null ? "There is no draft. Write the next version first." : "The draft has no such question any more.";
            return LocalRedirect("~" + Edited.Questions);
        }

        Draft = draft;
        Known = key is null ? null : draft.Find(key);
        IsAskedBefore = key is not null && Edited.Versions.Any(version => version != draft && version.Find(key) is not null);
        return null;
    }
}
