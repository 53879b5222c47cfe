using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal enum QuoteResult
{
    Done,

    /// <summary>It is that already: nothing has changed.</summary>
    Nothing,

    /// <summary>Approved words are withdrawn before others take their place.</summary>
    ApprovedBefore,

    /// <summary>The text has raised a concern, or is no longer there.</summary>
    Gone,
}

/// <summary>
/// Proposes, approves and withdraws quotes of free texts. Each locks the text first, as a concern does: of a text with a concern nothing is
/// quoted, whichever comes first.
/// </summary>
internal sealed class KeepQuotes(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>Marks the text as read too. Words that were proposed and not approved are replaced.</summary>
    /// <param name="commentId"></param>
    /// <param name="text">With the names out.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<QuoteResult> ProposeAsync(Guid commentId, string text, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await CommentLock.FindAsync(db, commentId, ct) is not { State: not CommentState.Concern } comment)
        {
            return QuoteResult.Gone;
        }

        var known = await db.SurveyQuotes.SingleOrDefaultAsync(quote => quote.CommentId == commentId && quote.State != QuoteState.Withdrawn, ct);
        if (known is { State: QuoteState.Approved })
        {
            return QuoteResult.ApprovedBefore;
        }

        if (known is not null)
        {
            known.Text = text;
        }
        else
        {
            db.Add(await NewAsync(comment, text, by, now, ct));
        }

        comment.MarkRead(by.Id, now);
        HistoryEntry.Add<SurveyComment>(db, ReviewComment.RecordId, by, "Quote proposed", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return QuoteResult.Done;
    }

    public Task<QuoteResult> ApproveAsync(Guid id, Actor by, CancellationToken ct) =>
        ActAsync(id, by, "Quote approved", (quote, today) => quote.Approve(by.Id, today), ct);

    public Task<QuoteResult> WithdrawAsync(Guid id, Actor by, CancellationToken ct) =>
        ActAsync(id, by, "Quote withdrawn", (quote, today) => quote.Withdraw(by.Id, today), ct);

    private async Task<QuoteResult> ActAsync(Guid id, Actor by, string act, Func<SurveyQuote, DateOnly, bool> run, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var comment = await db.SurveyQuotes.Where(quote => quote.Id == id).Select(quote => quote.CommentId).FirstOrDefaultAsync(ct);
        if (await CommentLock.FindAsync(db, comment, ct) is not { State: not CommentState.Concern })
        {
            return QuoteResult.Gone;
        }

        var found = await db.SurveyQuotes.FromSql($"select * from survey_quotes where id = {id} for no key update").FirstOrDefaultAsync(ct);
        if (found is null || !run(found, London.DateOf(now)))
        {
            return found is null ? QuoteResult.Gone : QuoteResult.Nothing;
        }

        HistoryEntry.Add<SurveyComment>(db, ReviewComment.RecordId, by, act, [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return QuoteResult.Done;
    }

    private async Task<SurveyQuote> NewAsync(SurveyComment comment, string text, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var answer = await db.SurveyResponses.AsNoTracking().Where(response => response.Id == comment.ResponseId)
            .Select(response => new { response.CourseId, response.AreaId, response.SubmittedOn }).SingleOrDefaultAsync(ct);
        var course = comment.CourseId ?? answer?.CourseId;
        // One person answers several surveys about a course: those of one are as many people.
        var alike = db.SurveyResponses.Where(response => response.CourseId == course && db.SurveyVersions.Any(version => version.Id == response.VersionId
            && db.SurveyVersions.Any(own => own.Id == comment.VersionId && own.SurveyId == version.SurveyId)));
        var isCourseShared = course is not null && await alike.CountAsync(ct) >= AnswerGroups.Smallest;
        var isAreaShared = isCourseShared && answer?.AreaId is not null
            && await alike.CountAsync(response => response.AreaId == answer.AreaId, ct) >= AnswerGroups.Smallest;
        return new SurveyQuote
        {
            Id = Guid.NewGuid(),
            CommentId = comment.Id,
            Text = text,
            VersionId = comment.VersionId,
            QuestionKey = comment.QuestionKey,
            CourseId = isCourseShared ? course : null,
            AreaId = isAreaShared ? answer?.AreaId : null,
            YearFrom = FinancialYear.Of(answer?.SubmittedOn ?? London.DateOf(comment.CreatedAt)).From,
            ProposedIn = SurveyQuote.MonthOf(London.DateOf(now)),
            ProposedById = by.Id,
        };
    }
}
