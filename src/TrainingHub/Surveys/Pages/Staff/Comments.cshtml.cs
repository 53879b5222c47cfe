using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>
/// The queue of free texts, oldest first, with the course and the question but nothing about who wrote it. Each is read by a
/// person once, and every one can be reached: a text may be about a child at risk.
/// </summary>
internal sealed class CommentsModel(TrainingHubDb db, ReviewComment review, TimeProvider clock) : PageModel
{
    public const int PageSize = 20;

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    // From the query alone: "page" is also a route value of every Razor page.
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public bool ShowsConcerns => Show == "concerns";
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;
    public List<CommentLine> Comments { get; private set; } = [];

    /// <summary>Where among all of them the shown ones are: "21 to 40".</summary>
    public string Shown => $"{(Number - 1) * PageSize + 1:N0} to {(Number - 1) * PageSize + Comments.Count:N0}";

    public async Task OnGetAsync(CancellationToken ct)
    {
        var state = ShowsConcerns ? CommentState.Concern : CommentState.Unread;
        Total = await db.SurveyComments.CountAsync(comment => comment.State == state, ct);
        Number = Math.Clamp(Number, 1, Math.Max(Pages, 1));
        var rows = await (
            from comment in db.SurveyComments
            where comment.State == state
            join response in db.SurveyResponses on comment.ResponseId equals response.Id
            join course in db.Courses on response.CourseId equals course.Id
            join question in db.Questions on comment.QuestionKey equals question.Key
            from reader in db.Users.Where(user => user.Id == comment.ReadById).DefaultIfEmpty()
            orderby comment.CreatedAt, comment.Id
            select new
            {
                comment.Id,
                Course = course.Title,
                question.Wording,
                comment.Text,
                comment.CreatedAt,
                comment.ReadAt,
                ReadBy = reader == null ? null : reader.Name,
            }).Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        var today = London.DateOf(clock.GetUtcNow());
        Comments = rows.ConvertAll(row => new CommentLine(
            row.Id, ReviewComment.ReferenceOf(row.Id), row.Course, row.Wording, row.Text, Came(row.CreatedAt, today),
            row.ReadAt is { } at ? $"Concern raised by {row.ReadBy} on {London.Moment(at)}" : null));
    }

    public async Task<IActionResult> OnPostReadAsync(Guid id, CancellationToken ct) =>
        Next(await review.MarkReadAsync(id, User.StaffId(), ct), "Marked as read");

    public async Task<IActionResult> OnPostConcernAsync(Guid id, CancellationToken ct) =>
        Next(await review.RaiseConcernAsync(id, User.StaffId(), ct), "Concern raised. The safeguarding lead has been told by email, without the text");

    // The same page of the queue: what was read has left it, so the next text is there now.
    private LocalRedirectResult Next(bool isDone, string done)
    {
        TempData["Success"] = isDone ? done : "This text is no longer there: its author has corrected it";
        return LocalRedirect("~" + SurveyUrls.CommentsPage(Number));
    }

    private static string Came(DateTimeOffset at, DateOnly today) => (today.DayNumber - London.DateOf(at).DayNumber) switch
    {
        <= 0 => "Came today",
        1 => "Came yesterday",
        < 15 and var days => $"Came {days} days ago",
        _ => $"Came on {London.Words(London.DateOf(at))}",
    };
}

internal sealed record CommentLine(
    Guid Id, string Reference, string Course, string Question, string Text, string Came, string? Concern);
