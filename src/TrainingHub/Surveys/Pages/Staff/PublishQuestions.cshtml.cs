using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>Shows what a new version changes and which results stay comparable, then publishes it.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class PublishQuestionsModel(TrainingHubDb db, PublishDraft publish, TimeProvider clock) : PageModel
{
    public Questionnaire Draft { get; private set; } = null!;
    public IReadOnlyList<QuestionChange> Changes { get; private set; } = [];
    public IReadOnlyList<DraftProblem> Problems { get; private set; } = [];

    /// <summary>What is to be said of the numbers to call; null when somebody has looked at them lately.</summary>
    public string? Unchecked { get; private set; }

    /// <summary>Invitations that still take answers to an earlier version.</summary>
    public int Open { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var versions = await SurveyDraft.ReadAsync(db, ct);
        if (versions.FirstOrDefault(version => version.Version.State == VersionState.Draft) is not { } draft)
        {
            TempData["Notice"] = "There is no draft.";
            return LocalRedirect("~" + SurveyUrls.Questions);
        }

        List<Questionnaire> earlier = [.. versions.Where(version => version != draft)];
        (Draft, Changes, Problems) = (draft, DraftCheck.Changes(draft, earlier), DraftCheck.Problems(draft, earlier));
        var now = clock.GetUtcNow();
        Unchecked = await UrgentNumbers.WhyNotAsync(db, now, ct);
        Open = await db.SurveyInvitations.CountAsync(invitation => invitation.VersionId != null && invitation.State != InvitationState.Withdrawn && invitation.ClosesAt > now, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid version, int revision, CancellationToken ct)
    {
        if (await publish.RunAsync(version, revision, User.Actor(), ct) is { } refusal)
        {
            TempData["Notice"] = refusal.Words();
        }
        else
        {
            TempData["Success"] = "Published. New invitations ask this version";
        }

        return LocalRedirect("~" + SurveyUrls.Questions);
    }
}
