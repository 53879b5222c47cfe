using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>The words of a comment with the names out, beside the comment.</summary>
[ForStaff(StaffRight.ReadComments)]
internal sealed class QuotePageModel(TrainingHubDb db, KeepQuotes quotes, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "The quote"), Required(ErrorMessage = "Enter the words of the quote")]
    [StringLength(SurveyComment.TextLength, ErrorMessage = "The quote must be {1} characters or fewer")]
    public string? Text { get; set; }

    [BindProperty]
    [Display(Name = "I have looked at these words: nobody can be known by them")]
    public bool IsChecked { get; set; }

    public CommentLine Comment { get; private set; } = null!;
    public IReadOnlyList<string> Hints => NamesIn.Of(Text ?? "");

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var elsewhere = await LeadAwayAsync(id, ct);
        Text = elsewhere is not null ? null
            : await db.SurveyQuotes.Where(quote => quote.CommentId == id && quote.State == QuoteState.Proposed).Select(quote => quote.Text).FirstOrDefaultAsync(ct) ?? Comment.Text;
        return elsewhere ?? Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await LeadAwayAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (ModelState.IsValid && Hints.Count > 0 && !IsChecked)
        {
            ModelState.AddModelError(nameof(IsChecked), "Take these words out, or say that nobody can be known by them");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var (kind, said) = await quotes.ProposeAsync(id, Text!.Trim().ReplaceLineEndings("\n"), User.Actor(), ct) switch
        {
            QuoteResult.Done or QuoteResult.Nothing => ("Success", "The quote is proposed"),
            QuoteResult.ApprovedBefore => ("Notice", "A quote of this comment is approved. Withdraw it first."),
            QuoteResult.Gone => ("Notice", "The comment is no longer there, or a concern was raised about it. Nothing is quoted."),
        };
        TempData[kind] = said;
        return LocalRedirect("~" + SurveyUrls.Quotes);
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
        return null;
    }
}
