using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>The versions of a survey, and the draft of the next one with its questions in order.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class SurveyQuestionsModel(TrainingHubDb db, EditDraft edit) : QuestionsPage(db)
{
    public IReadOnlyList<Survey> Surveys { get; private set; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Questionnaire> Versions => Edited.Versions;
    public Questionnaire? Draft => Edited.Draft;
    public IReadOnlyList<DraftProblem> Problems { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Surveys = await Db.Surveys.AsNoTracking().OrderBy(survey => survey.Key).ToListAsync(ct);
        Problems = Draft is null ? [] : DraftCheck.Problems(Draft, [.. Versions.Where(version => version != Draft)]);
        History = await HistoryEntry.AboutAsync(Db, [.. Versions.Select(version => version.Id)], ct);
    }

    public async Task<IActionResult> OnPostStartAsync(CancellationToken ct)
    {
        await edit.StartAsync(Edited.Survey.Id, User.Actor(), ct);
        return LocalRedirect("~" + Edited.Questions);
    }

    public async Task<IActionResult> OnPostMoveAsync(Guid version, int revision, string? key, int steps, CancellationToken ct)
    {
        if (await edit.MoveAsync(version, revision, key ?? "", Math.Sign(steps), User.Actor(), ct) is { } refusal)
        {
            TempData["Notice"] = refusal.Words();
            return LocalRedirect("~" + Edited.Questions);
        }

        return Redirect(Url.Content("~" + Edited.Questions) + $"#question-{key}");
    }
}
