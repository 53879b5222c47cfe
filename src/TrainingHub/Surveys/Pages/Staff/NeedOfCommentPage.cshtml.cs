using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Learning;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>Counts a comment for a training need that it asks for. The need keeps that a comment asks, and nothing of its words.</summary>
[ForStaff(StaffRight.ReadComments, Act = [StaffRight.RunProgramme])]
internal sealed class NeedOfCommentPageModel(TrainingHubDb db, VoteForNeed votes, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Which training does it ask for?"), Required(ErrorMessage = "Choose a training need")]
    public Guid? Need { get; set; }

    public CommentLine Comment { get; private set; } = null!;

    /// <summary>For which it is counted.</summary>
    public IReadOnlyList<string> Counted { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Needs { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LeadAwayAsync(id, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await LeadAwayAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (Need is not { } need || !ModelState.IsValid)
        {
            return Page();
        }

        TempData["Success"] = await votes.ByCommentAsync(need, id, User.Actor(), ct) switch
        {
            VoteOutcome.Voted => "Counted",
            VoteOutcome.Before => "It was counted before",
            VoteOutcome.Unknown => "Nothing was counted: this training need is not there any more",
        };
        return LocalRedirect("~" + SurveyUrls.Need(id));
    }

    private async Task<IActionResult?> LeadAwayAsync(Guid id, CancellationToken ct)
    {
        var found = CommentRow.Of(db, db.SurveyComments.Where(comment => comment.Id == id && comment.State != CommentState.Concern)).OrderBy(row => row.Id);
        if (await CommentLine.ReadAsync(found, London.DateOf(clock.GetUtcNow()), ct) is not [var comment])
        {
            TempData["Notice"] = "There is no such comment here: its author has corrected it, or a concern was raised about it.";
            return LocalRedirect("~" + SurveyUrls.Comments);
        }

        Comment = comment;
        var needs = await db.TrainingNeeds.AsNoTracking().Where(need => need.ArchivedAt == null).OrderBy(need => need.What)
            .Select(need => new { need.Id, need.What, IsCounted = db.TrainingNeedVotes.Any(vote => vote.NeedId == need.Id && vote.CommentId == id) }).ToListAsync(ct);
        Counted = [.. needs.Where(need => need.IsCounted).Select(need => need.What)];
        Needs = [.. needs.Where(need => !need.IsCounted).Select(need => new SelectListItem(need.What, need.Id.ToString()))];
        return null;
    }
}
