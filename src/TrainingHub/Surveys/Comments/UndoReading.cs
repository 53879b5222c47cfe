using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>Nothing is kept beside the act: its instant is on the comment.</summary>
internal sealed record ReadByMistake;

/// <summary>Undoes that a free text was marked as read: it is in the queue again, where somebody reads it for what it may say of a child.</summary>
internal sealed class UndoReading(TrainingHubDb db) : IUndo
{
    public const string Kind = "read-comment";

    public string Brings(UndoableAct act) => "The comment is to be read again.";

    public Task LockAsync(UndoableAct act, CancellationToken ct) => CommentLock.TakeAsync(db, act.SubjectId, ct);

    public async Task<UndoRefused?> WhyNotAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct) =>
        await db.SurveyComments.AnyAsync(comment => comment.Id == act.SubjectId && comment.State == CommentState.Read && comment.ReadAt == act.At, ct)
            ? null
            : UndoRefused.Changed("The comment");

    public async Task<UndoRefused?> RunAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        (await db.SurveyComments.SingleAsync(comment => comment.Id == act.SubjectId, ct)).MarkUnread();
        return null;
    }

    public Task<string?> AddressAsync(Guid subjectId, CancellationToken ct) => Task.FromResult<string?>(SurveyUrls.Comments);
}

/// <summary>The row of one comment, as everything that changes one takes it.</summary>
internal static class CommentLock
{
    public static Task TakeAsync(TrainingHubDb db, Guid id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select from survey_comments where id = {id} for no key update", ct);

    /// <returns>Null when it is gone.</returns>
    public static Task<SurveyComment?> FindAsync(TrainingHubDb db, Guid id, CancellationToken ct) =>
        db.SurveyComments.FromSql($"select * from survey_comments where id = {id} for no key update").FirstOrDefaultAsync(ct);
}
