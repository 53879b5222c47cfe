using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys.Pages.Staff;

internal enum TrainerSees
{
    Never,
    May,
    Shown,
}

/// <summary>A free text as it is stored, with the course and the question and nothing about who wrote it.</summary>
internal sealed record CommentRow
{
    public required Guid Id { get; init; }

    /// <summary>Null when few people share it.</summary>
    public required string? Course { get; init; }
    public required string Question { get; init; }

    /// <summary>The title of the survey that asked.</summary>
    public required string Survey { get; init; }
    public required string Text { get; init; }
    public required CommentState State { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null unless it came in a file.</summary>
    public required DateOnly? ImportedFrom { get; init; }
    public required DateTimeOffset? ReadAt { get; init; }
    public required string? ReadBy { get; init; }

    /// <summary>Words of the list by which it is to be read sooner; null when somebody has read it.</summary>
    public required string[]? Words { get; init; }
    public required bool IsFlagged { get; init; }

    /// <summary>Whether the trainer sees it, or may by an act.</summary>
    public required TrainerSees Trainer { get; init; }

    public static IQueryable<CommentRow> Of(TrainingHubDb db, IQueryable<SurveyComment> comments) =>
        from comment in comments
        join response in db.SurveyResponses on comment.ResponseId equals response.Id into responses
        from response in responses.DefaultIfEmpty()
        join course in db.Courses on comment.CourseId ?? response.CourseId equals course.Id into courses
        from course in courses.DefaultIfEmpty()
        join question in db.Questions on new { comment.VersionId, Key = comment.QuestionKey } equals new { question.VersionId, question.Key }
        join version in db.SurveyVersions on comment.VersionId equals version.Id
        join survey in db.Surveys on version.SurveyId equals survey.Id
        from reader in db.Users.Where(user => user.Id == comment.ReadById).DefaultIfEmpty()
        from unread in db.UnreadComments.Where(unread => unread.CommentId == comment.Id).DefaultIfEmpty()
        select new CommentRow
        {
            Id = comment.Id,
            Course = course == null ? null : course.Title,
            Question = question.Wording,
            Survey = survey.Title,
            Text = comment.Text,
            State = comment.State,
            CreatedAt = comment.CreatedAt,
            ImportedFrom = response != null && response.Origin == ResponseOrigin.Import ? response.SubmittedOn : null,
            ReadAt = comment.ReadAt,
            ReadBy = reader == null ? null : reader.Name,
            Words = unread == null ? null : unread.Words,
            IsFlagged = unread != null && unread.IsFlagged,
            Trainer = comment.TrainerRunId != null ? TrainerSees.Shown
                : comment.MayBePassedOn && comment.State == CommentState.Read && response != null && response.RunId != null ? TrainerSees.May : TrainerSees.Never,
        };
}

/// <summary>The same in words.</summary>
/// <param name="Id"></param>
/// <param name="Reference">Eight characters, see <see cref="ReviewComment.ReferenceOf"/>.</param>
/// <param name="Course"></param>
/// <param name="Question">With the survey that asked it.</param>
/// <param name="Text"></param>
/// <param name="State"></param>
/// <param name="Came">Not the day: whoever knows when a colleague answered would know the text as theirs.</param>
/// <param name="Reviewed">By whom and in which month; null while nobody has read it.</param>
/// <param name="Trainer"></param>
/// <param name="Words">Of the list, as far as nobody has read it.</param>
internal sealed record CommentLine(
    Guid Id, string Reference, string Course, string Question, string Text, CommentState State, string Came, string? Reviewed, TrainerSees Trainer, IReadOnlyList<string> Words)
{
    public static async Task<List<CommentLine>> ReadAsync(IQueryable<CommentRow> rows, DateOnly today, CancellationToken ct) =>
        (await rows.ToListAsync(ct)).ConvertAll(row => new CommentLine(
            row.Id, ReviewComment.ReferenceOf(row.Id), row.Course ?? "A course with few answers", $"{row.Survey}: {row.Question}", row.Text, row.State,
            row.ImportedFrom is { } on ? $"Answered in {London.MonthWords(on)}, imported" : CameIn(row.CreatedAt, today),
            row.ReadAt is { } at ? $"Read by {row.ReadBy} in {London.MonthWords(London.DateOf(at))}" : null,
            row.Trainer, row.Words ?? []));

    private static string CameIn(DateTimeOffset at, DateOnly today) => London.DateOf(at) > today.AddDays(-7)
        ? "Came in the last seven days"
        : $"Came in {London.MonthWords(London.DateOf(at))}";
}
