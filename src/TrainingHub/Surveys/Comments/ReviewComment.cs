using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

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
/// A person has read a free text: nothing to do, or a concern. A concern tells the safeguarding lead once, in the same
/// transaction, by an email that holds nothing of the text, and stays open until a person says what was done.
/// </summary>
internal sealed partial class ReviewComment(
    TrainingHubDb db, IOptions<SiteOptions> site, TimeProvider clock, ILogger<ReviewComment> logger)
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

    /// <returns>False when there is no such text any more: its author has corrected it.</returns>
    public async Task<bool> RaiseConcernAsync(Guid commentId, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(commentId, ct) is not { } comment)
        {
            return false;
        }

        if (comment.RaiseConcern(by.Id, now))
        {
            HistoryEntry.Add<SurveyComment>(db, RecordId, by, "Concern raised", [], now);
            var lead = site.Value.SafeguardingLeadEmail is { Length: > 0 } address ? address : site.Value.ContactEmail;
            var message = new SurveyConcernEmail(
                ReferenceOf(commentId), London.Moment(now), by.Name, site.Value.Absolute(SurveyUrls.Concerns));
            db.Add(OutgoingEmail.To(lead, message, now, about: ReferenceOf(commentId)));
            LogConcern(commentId);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <param name="commentId"></param>
    /// <param name="outcome">What was done. It stays with the text and is in no history.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    /// <returns>False when there is no open concern any more.</returns>
    public async Task<bool> CloseConcernAsync(Guid commentId, string outcome, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(commentId, ct) is not { } comment || !comment.CloseConcern(by.Id, outcome, now))
        {
            return false;
        }

        var undo = KeepUndo.Begin(db, now);
        HistoryEntry.Add<SurveyComment>(db, RecordId, by, "Concern closed", [], now, id: undo.Id);
        undo.End(UndoClosing.Kind, commentId, new ClosedByMistake());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
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
        if (run is not { } date || await db.SurveyResponses.CountAsync(response => response.RunId == date, ct) < AnswerGroups.Smallest)
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

    /// <summary>Concerns that nobody has closed.</summary>
    public static IQueryable<SurveyComment> Open(TrainingHubDb db) =>
        db.SurveyComments.Where(comment => comment.State == CommentState.Concern && comment.ClosedAt == null);

    /// <summary>Eight characters by which the email and the page name the same text.</summary>
    public static string ReferenceOf(Guid commentId) => commentId.ToString("N")[..8].ToUpperInvariant();

    private async Task<SurveyComment?> LockAsync(Guid commentId, CancellationToken ct) =>
        await db.SurveyComments
            .FromSql($"select * from survey_comments where id = {commentId} for no key update")
            .FirstOrDefaultAsync(ct);

    [LoggerMessage(Level = LogLevel.Information, Message = "A concern was raised about survey comment {CommentId}")]
    private partial void LogConcern(Guid commentId);
}
