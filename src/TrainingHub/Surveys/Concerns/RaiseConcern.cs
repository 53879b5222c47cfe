using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal enum RaiseResult
{
    Raised,

    /// <summary>Somebody raised it before: nothing has changed, and nobody is told again.</summary>
    RaisedBefore,

    /// <summary>There is no such text any more: its author has corrected it.</summary>
    Gone,
}

/// <summary>
/// Raises a concern about a free text, once: the lead is told in the same transaction by an email that holds nothing of the text, the deputy's
/// turn has its time, the answer is held, and a quote of it is withdrawn. From then on only the lead reads the text.
/// </summary>
internal sealed partial class RaiseConcern(
    TrainingHubDb db, ConcernMail mail, IOptions<ConcernOptions> options, IOptions<WaitingListOptions> hours, TimeProvider clock, ILogger<RaiseConcern> logger)
{
    public async Task<RaiseResult> RunAsync(Guid commentId, ConcernKind kind, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Before the text, as unlinking takes them.
        await db.Database.ExecuteSqlAsync(
            $"select from survey_responses where id = (select response_id from survey_comments where id = {commentId}) for no key update", ct);
        if (await CommentLock.FindAsync(db, commentId, ct) is not { } comment)
        {
            return RaiseResult.Gone;
        }

        if (!comment.RaiseConcern(by.Id, now))
        {
            return RaiseResult.RaisedBefore;
        }

        var concern = new Concern
        {
            Id = Guid.CreateVersion7(now),
            Reference = Reference.New(),
            CommentId = commentId,
            Kind = kind,
            RaisedAt = now,
            RaisedById = by.Id,
        };
        concern.Hold(comment.ResponseId);
        db.Add(concern);
        foreach (var quote in await db.SurveyQuotes.Where(quote => quote.CommentId == commentId && quote.State != QuoteState.Withdrawn).ToListAsync(ct))
        {
            quote.Withdraw(by.Id, London.DateOf(now));
        }

        HistoryEntry.Add<Concern>(db, concern.Id, by, "Concern raised", [], now);
        await mail.RaisedAsync(concern, by.Name, now, ct);
        var told = ConcernAlert.New(concern.Id, AlertStep.Lead, now, now);
        told.MarkSent(now);
        db.AddRange(told, ConcernAlert.New(concern.Id, AlertStep.Deputy, ConcernTimes.DeputyAt(now, options.Value, hours.Value), now));
        await db.SaveChangesAsync(ct);
        await LegalHolds.BeginAsync(db, comment.ResponseId, ct);
        await transaction.CommitAsync(ct);
        LogConcern(concern.Id);
        return RaiseResult.Raised;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Concern {ConcernId} was raised")]
    private partial void LogConcern(Guid concernId);
}
