using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal enum MarkReadResult
{
    Marked,

    /// <summary>It was read before, or raised a concern: nothing has changed.</summary>
    ReadBefore,

    /// <summary>There is no such text any more: its author has corrected it.</summary>
    Gone,
}

internal enum ShowToTrainerResult
{
    Shown,

    /// <summary>It is shown already, not read yet, raised a concern, or its author was not told that it may be shown.</summary>
    NotShown,

    /// <summary>Fewer than five answered about its date, or it is not known which date it is about.</summary>
    TooFew,

    /// <summary>There is no such text any more.</summary>
    Gone,
}

/// <summary>
/// A person has read a free text, and nothing in it asks for action; or its trainer may see it. What raises a concern is <see cref="RaiseConcern"/>'s.
/// </summary>
internal sealed class ReviewComment(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>
    /// Under which history has who read comments: all of them together. With the comment's own id its time would tell, for ever, when
    /// a text was there at the latest, which is forgotten with the link to the answers.
    /// </summary>
    public static Guid RecordId { get; } = Guid.Parse("3d4f7c1e-52a8-7b60-8f13-9c2e6a1d4b75");

    public async Task<MarkReadResult> MarkReadAsync(Guid commentId, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(commentId, ct) is not { } comment)
        {
            return MarkReadResult.Gone;
        }

        var now = clock.GetUtcNow();
        if (!comment.MarkRead(by.Id, now))
        {
            return MarkReadResult.ReadBefore;
        }

        var undo = KeepUndo.Begin(db, now);
        HistoryEntry.Add<SurveyComment>(db, RecordId, by, "Comment marked as read", [], now, id: undo.Id);
        undo.End(UndoReading.Kind, commentId, new ReadByMistake());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return MarkReadResult.Marked;
    }

    /// <summary>Lets the trainer of the date read it, where at least five people answered about that date.</summary>
    public async Task<ShowToTrainerResult> ShowToTrainerAsync(Guid commentId, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(commentId, ct) is not { } comment)
        {
            return ShowToTrainerResult.Gone;
        }

        var run = await db.SurveyResponses.Where(response => response.Id == comment.ResponseId).Select(response => response.RunId).SingleOrDefaultAsync(ct);
        if (run is not { } date || await AlikeAsync(comment, date, ct) < AnswerGroups.Smallest)
        {
            return ShowToTrainerResult.TooFew;
        }

        if (!comment.ShowToTrainer(date))
        {
            return ShowToTrainerResult.NotShown;
        }

        HistoryEntry.Add<SurveyComment>(db, RecordId, by, "Comment shown to the trainer", [], clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ShowToTrainerResult.Shown;
    }

    // One person answers several surveys about a date: those of one are as many people.
    private Task<int> AlikeAsync(SurveyComment comment, Guid run, CancellationToken ct) => db.SurveyResponses.CountAsync(
        response => response.RunId == run && db.SurveyVersions.Any(version => version.Id == response.VersionId
            && db.SurveyVersions.Any(own => own.Id == comment.VersionId && own.SurveyId == version.SurveyId)),
        ct);

    /// <returns>False when the trainer did not see it.</returns>
    public async Task<bool> HideFromTrainerAsync(Guid commentId, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(commentId, ct) is not { } comment || !comment.HideFromTrainer())
        {
            return false;
        }

        HistoryEntry.Add<SurveyComment>(db, RecordId, by, "Comment no longer shown to the trainer", [], clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Eight characters by which pages name the same text.</summary>
    public static string ReferenceOf(Guid commentId) => commentId.ToString("N")[..8].ToUpperInvariant();

    private Task<SurveyComment?> LockAsync(Guid commentId, CancellationToken ct) => CommentLock.FindAsync(db, commentId, ct);
}
