using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>
/// The free texts, newest first, with the course and the question but nothing about who wrote it or on which day. Each is read by a
/// person once, and every one can be reached, read or not: a text may be about a child at risk. Coordinators only.
/// </summary>
[ForStaff(StaffRight.ReadComments)]
internal sealed class CommentsModel(TrainingHubDb db, ReviewComment review, TimeProvider clock) : PageModel
{
    public const int PageSize = 20;
    private const int ActsRead = 1_000;
    private const int ActsShown = 12;

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    // From the query alone: "page" is also a route value of every Razor page.
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public CommentState State => Show switch
    {
        "concerns" => CommentState.Concern,
        "read" => CommentState.Read,
        _ => CommentState.Unread,
    };

    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;
    public List<CommentLine> Comments { get; private set; } = [];

    /// <summary>"Concern raised by Ann Coordinator in November 2026: 1", the last month first.</summary>
    public IReadOnlyList<string> Acts { get; private set; } = [];

    /// <summary>Where among all of them the shown ones are: "21 to 40".</summary>
    public string Shown => $"{(Number - 1) * PageSize + 1:N0} to {(Number - 1) * PageSize + Comments.Count:N0}";

    public async Task OnGetAsync(CancellationToken ct)
    {
        var state = State;
        Total = await db.SurveyComments.CountAsync(comment => comment.State == state, ct);
        Number = Math.Clamp(Number, 1, Math.Max(Pages, 1));
        var rows = await (
            from comment in db.SurveyComments
            where comment.State == state
            join response in db.SurveyResponses on comment.ResponseId equals response.Id into responses
            from response in responses.DefaultIfEmpty()
            join course in db.Courses on comment.CourseId ?? response.CourseId equals course.Id into courses
            from course in courses.DefaultIfEmpty()
            join question in db.Questions on comment.QuestionKey equals question.Key
            from reader in db.Users.Where(user => user.Id == comment.ReadById).DefaultIfEmpty()
            orderby comment.CreatedAt descending, comment.Id
            select new
            {
                comment.Id,
                Course = course == null ? null : course.Title,
                question.Wording,
                comment.Text,
                comment.CreatedAt,
                ImportedFrom = response != null && response.Origin == ResponseOrigin.Import ? response.SubmittedOn : (DateOnly?)null,
                comment.ReadAt,
                ReadBy = reader == null ? null : reader.Name,
            }).Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        Acts = [.. (await db.HistoryEntries.AsNoTracking()
                .Where(entry => entry.RecordId == ReviewComment.RecordId)
                .OrderByDescending(entry => entry.At).Take(ActsRead).ToListAsync(ct))
            .GroupBy(entry => $"{entry.Act} by {entry.Actor} in {London.MonthWords(London.DateOf(entry.At))}")
            .Take(ActsShown)
            .Select(same => $"{same.Key}: {same.Count():N0}")];
        var today = London.DateOf(clock.GetUtcNow());
        Comments = rows.ConvertAll(row => new CommentLine(
            row.Id, ReviewComment.ReferenceOf(row.Id), row.Course ?? "A course with few answers", row.Wording, row.Text,
            row.ImportedFrom is { } on ? $"Answered in {London.MonthWords(on)}, imported" : Came(row.CreatedAt, today),
            row.ReadAt is { } at ? Reviewed(state, row.ReadBy, at) : null));
    }

    public async Task<IActionResult> OnPostReadAsync(Guid id, CancellationToken ct) =>
        Next(await review.MarkReadAsync(id, User.Actor(), ct), "Marked as read");

    public async Task<IActionResult> OnPostConcernAsync(Guid id, CancellationToken ct) =>
        Next(await review.RaiseConcernAsync(id, User.Actor(), ct), "Concern raised. The safeguarding lead has been told by email, without the text");

    // The same page of the queue: what was read has left it, so the next text is there now.
    private LocalRedirectResult Next(bool isDone, string done)
    {
        TempData["Success"] = isDone ? done : "This text is no longer there: its author has corrected it";
        return LocalRedirect("~" + SurveyUrls.CommentsPage(Show, Number));
    }

    // Not the day: whoever knows when a colleague answered would know the text as theirs.
    private static string Came(DateTimeOffset at, DateOnly today) => London.DateOf(at) > today.AddDays(-7)
        ? "Came in the last seven days"
        : $"Came in {London.MonthWords(London.DateOf(at))}";

    private static string Reviewed(CommentState state, string? by, DateTimeOffset at) => state == CommentState.Concern
        ? $"Concern raised by {by} in {London.MonthWords(London.DateOf(at))}"
        : $"Read by {by} in {London.MonthWords(London.DateOf(at))}";
}

internal sealed record CommentLine(
    Guid Id, string Reference, string Course, string Question, string Text, string Came, string? Reviewed);
