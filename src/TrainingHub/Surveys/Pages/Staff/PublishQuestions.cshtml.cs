using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>Shows what a new version changes and which results stay comparable, then publishes it.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class PublishQuestionsModel(TrainingHubDb db, PublishDraft publish, TimeProvider clock) : QuestionsPage(db)
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
        if (Edited.Draft is not { } draft)
        {
            TempData["Notice"] = "There is no draft.";
            return LocalRedirect("~" + Edited.Questions);
        }

        List<Questionnaire> earlier = [.. Edited.Versions.Where(version => version != draft)];
        (Draft, Changes, Problems) = (draft, DraftCheck.Changes(draft, earlier), DraftCheck.Problems(draft, earlier));
        var (now, moment) = (clock.GetUtcNow(), Edited.Survey.Moment);
        Unchecked = await UrgentNumbers.WhyNotAsync(Db, now, ct);
        Open = await Db.SurveyInvitations.CountAsync(invitation => invitation.Moment == moment && invitation.VersionId != null && invitation.State != InvitationState.Withdrawn && invitation.ClosesAt > now, ct);
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

        return LocalRedirect("~" + Edited.Questions);
    }
}
