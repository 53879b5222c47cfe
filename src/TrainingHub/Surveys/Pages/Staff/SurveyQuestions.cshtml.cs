using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>The versions of a survey, and the draft of the next one with its questions in order.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class SurveyQuestionsModel(TrainingHubDb db, EditDraft edit) : PageModel
{
    /// <summary>The key of the survey that is meant.</summary>
    [BindProperty(Name = "survey", SupportsGet = true)]
    public string? SurveyKey { get; set; }

    public SurveyDraft Edited { get; private set; } = null!;
    public IReadOnlyList<Survey> Surveys { get; private set; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Questionnaire> Versions => Edited.Versions;
    public Questionnaire? Draft => Edited.Draft;
    public IReadOnlyList<DraftProblem> Problems { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Edited = await SurveyDraft.ReadAsync(db, SurveyKey, ct);
        Surveys = await db.Surveys.AsNoTracking().OrderBy(survey => survey.Key).ToListAsync(ct);
        Problems = Draft is null ? [] : DraftCheck.Problems(Draft, [.. Versions.Where(version => version != Draft)]);
        History = await HistoryEntry.AboutAsync(db, [.. Versions.Select(version => version.Id)], ct);
    }

    public async Task<IActionResult> OnPostStartAsync(CancellationToken ct)
    {
        var edited = await SurveyDraft.ReadAsync(db, SurveyKey, ct);
        await edit.StartAsync(edited.Survey.Id, User.Actor(), ct);
        return LocalRedirect("~" + edited.Questions);
    }

    public async Task<IActionResult> OnPostMoveAsync(Guid version, int revision, string? key, int steps, CancellationToken ct)
    {
        var questions = (await SurveyDraft.ReadAsync(db, SurveyKey, ct)).Questions;
        if (await edit.MoveAsync(version, revision, key ?? "", Math.Sign(steps), User.Actor(), ct) is { } refusal)
        {
            TempData["Notice"] = refusal.Words();
            return LocalRedirect("~" + questions);
        }

        return Redirect(Url.Content("~" + questions) + $"#question-{key}");
    }
}
