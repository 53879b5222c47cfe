using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>The versions of the three-month survey, and the draft of the next one with its questions in order.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class SurveyQuestionsModel(TrainingHubDb db, EditDraft edit) : PageModel
{
    /// <summary>Newest first.</summary>
    public IReadOnlyList<Questionnaire> Versions { get; private set; } = [];
    public Questionnaire? Draft => Versions.FirstOrDefault(version => version.Version.State == VersionState.Draft);
    public IReadOnlyList<DraftProblem> Problems { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Versions = await SurveyDraft.ReadAsync(db, ct);
        Problems = Draft is null ? [] : DraftCheck.Problems(Draft, [.. Versions.Where(version => version != Draft)]);
        History = await HistoryEntry.AboutAsync(db, [.. Versions.Select(version => version.Id)], ct);
    }

    public async Task<IActionResult> OnPostStartAsync(CancellationToken ct)
    {
        await edit.StartAsync((await AskedVersions.ReadAsync(db, ct)).SurveyId, User.Actor(), ct);
        return LocalRedirect("~" + SurveyUrls.Questions);
    }

    public async Task<IActionResult> OnPostMoveAsync(Guid version, int revision, string? key, int steps, CancellationToken ct)
    {
        if (await edit.MoveAsync(version, revision, key ?? "", Math.Sign(steps), User.Actor(), ct) is { } refusal)
        {
            TempData["Notice"] = refusal.Words();
            return LocalRedirect("~" + SurveyUrls.Questions);
        }

        return Redirect(Url.Content("~" + SurveyUrls.Questions) + $"#question-{key}");
    }
}
