using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>Nothing is kept beside the act: its instant is on the comment.</summary>
internal sealed record ClosedByMistake;

/// <summary>Undoes that a concern was closed: it is open again, and on Today. What was said to have been done goes.</summary>
internal sealed class UndoClosing(TrainingHubDb db) : IUndo
{
    public const string Kind = "close-concern";

    public string Brings(UndoableAct act) => "The concern is open again, and what was said to have been done is removed.";

    public Task LockAsync(UndoableAct act, CancellationToken ct) => CommentLock.TakeAsync(db, act.SubjectId, ct);

    public async Task<UndoRefused?> WhyNotAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct) =>
        await db.SurveyComments.AnyAsync(comment => comment.Id == act.SubjectId && comment.State == CommentState.Concern && comment.ClosedAt == act.At, ct)
            ? null
            : UndoRefused.Changed("The concern");

    public async Task<UndoRefused?> RunAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        (await db.SurveyComments.SingleAsync(comment => comment.Id == act.SubjectId, ct)).Reopen();
        return null;
    }

    public Task<string?> AddressAsync(Guid subjectId, CancellationToken ct) => Task.FromResult<string?>(SurveyUrls.Concerns);
}

/// <summary>The row of one comment, as everything that changes one takes it.</summary>
internal static class CommentLock
{
    public static Task TakeAsync(TrainingHubDb db, Guid id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select from survey_comments where id = {id} for no key update", ct);
}
