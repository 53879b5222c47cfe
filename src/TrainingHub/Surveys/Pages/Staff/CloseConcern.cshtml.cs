using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>A coordinator says what was done about a concern, which ends it. The text is shown once more, so that it is the right one.</summary>
[ForStaff(StaffRight.ReadComments), StepUp]
internal sealed class CloseConcernModel(TrainingHubDb db, ReviewComment review) : PageModel
{
    [BindProperty]
    [Display(Name = "What was done?", Description = "For example “Talked to the local authority’s duty team; they have it.” Only those who read survey comments see it. Name nobody: it stays with the comment.")]
    [Required(ErrorMessage = "Enter what was done"), StringLength(SurveyComment.OutcomeLength, ErrorMessage = "What was done must be {1} characters or fewer")]
    public string? Outcome { get; set; }

    public string Reference { get; private set; } = "";
    public string Question { get; private set; } = "";
    public string Text { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LeadAwayAsync(id, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await LeadAwayAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        TempData["Success"] = await review.CloseConcernAsync(id, Outcome!.Trim(), User.Actor(), ct) ? "The concern is closed" : "The concern was closed before";
        return LocalRedirect("~" + SurveyUrls.Concerns);
    }

    private async Task<IActionResult?> LeadAwayAsync(Guid id, CancellationToken ct)
    {
        var open = await ReviewComment.Open(db).Where(comment => comment.Id == id)
            .Select(comment => new { comment.Text, Question = db.Questions.Where(question => question.VersionId == comment.VersionId && question.Key == comment.QuestionKey).Select(question => question.Wording).First() })
            .FirstOrDefaultAsync(ct);
        if (open is null)
        {
            TempData["Notice"] = "There is no such open concern. It may have been closed before.";
            return LocalRedirect("~" + SurveyUrls.Concerns);
        }

        (Reference, Question, Text) = (ReviewComment.ReferenceOf(id), open.Question, open.Text);
        return null;
    }
}
