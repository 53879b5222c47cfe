using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>
/// What the safeguarding lead does about a concern. Each act locks its row, is one line in history that repeats nothing, and returns false
/// when the concern is no longer as it was shown: then nothing has changed.
/// </summary>
internal sealed class HandleConcern(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>Who has it. Nobody else is told of it any more.</summary>
    public Task<bool> AcknowledgeAsync(Guid id, Actor by, CancellationToken ct) =>
        ActAsync(id, by, "Concern acknowledged", (concern, now) => Task.FromResult(concern.Acknowledge(by.Id, now)), ct);

    public Task<bool> ReferAsync(Guid id, string reference, Actor by, CancellationToken ct) =>
        ActAsync(id, by, "Referral recorded", (concern, _) => Task.FromResult(concern.Refer(reference)), ct);

    /// <param name="id"></param>
    /// <param name="noteId">The form's own: sent twice it is one note.</param>
    /// <param name="text"></param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public Task<bool> NoteAsync(Guid id, Guid noteId, string text, Actor by, CancellationToken ct) =>
        ActAsync(
            id, by, "Note written",
            async (concern, now) => await db.Database.ExecuteSqlAsync(
                $"""
                insert into concern_notes (id, concern_id, written_at, written_by_id, text)
                values ({noteId}, {concern.Id}, {now}, {by.Id}, {text})
                on conflict do nothing
                """,
                ct) == 1,
            ct);

    /// <param name="id"></param>
    /// <param name="outcome">What was done. It is in no history.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public Task<bool> CloseAsync(Guid id, string outcome, Actor by, CancellationToken ct) =>
        ActAsync(id, by, "Concern closed", (concern, now) => Task.FromResult(concern.Close(by.Id, outcome, now)), ct);

    /// <summary>It is open again and the opener's; the outcome goes into a note.</summary>
    public Task<bool> ReopenAsync(Guid id, Actor by, CancellationToken ct) => ActAsync(
        id, by, "Concern opened again",
        async (concern, now) =>
        {
            var (response, outcome) = (await ResponseAsync(concern, ct), concern.Outcome);
            await LegalHolds.LockAsync(db, response, ct);
            if (!concern.Reopen(by.Id, response, now))
            {
                return false;
            }

            db.Add(new ConcernNote { Id = Guid.CreateVersion7(now), ConcernId = concern.Id, WrittenAt = now, WrittenById = by.Id, Text = $"Was closed with the outcome: {outcome}" });
            await db.SaveChangesAsync(ct);
            await LegalHolds.BeginAsync(db, response, ct);
            return true;
        },
        ct);

    /// <summary>It was raised by mistake. Its text is in the list again as read, unless its author has written another one since.</summary>
    public Task<bool> WithdrawAsync(Guid id, string because, Actor by, CancellationToken ct) => ActAsync(
        id, by, "Concern withdrawn",
        async (concern, now) =>
        {
            var response = concern.HeldResponseId;
            await LegalHolds.LockAsync(db, response, ct);
            if (!concern.Withdraw(by.Id, because, now))
            {
                return false;
            }

            // Until then the text may not go.
            await db.SaveChangesAsync(ct);
            if (await CommentLock.FindAsync(db, concern.CommentId, ct) is { } comment)
            {
                // Of two texts to one question the corrected one is the answer.
                if (comment.ResponseId is not null && await db.SurveyComments.AnyAsync(
                    other => other.Id != comment.Id && other.ResponseId == comment.ResponseId && other.QuestionKey == comment.QuestionKey && other.State != CommentState.Concern, ct))
                {
                    db.Remove(comment);
                }
                else
                {
                    comment.WithdrawConcern();
                }
            }

            await db.SaveChangesAsync(ct);
            await LegalHolds.EndAsync(db, response, ct);
            return true;
        },
        ct);

    /// <summary>From now on the answer is unlinked and erased like any other.</summary>
    public Task<bool> LiftHoldAsync(Guid id, string because, Actor by, CancellationToken ct) => ActAsync(
        id, by, "Legal hold lifted",
        async (concern, now) =>
        {
            var response = concern.HeldResponseId;
            await LegalHolds.LockAsync(db, response, ct);
            if (!concern.LiftHold(by.Id, because, now))
            {
                return false;
            }

            await db.SaveChangesAsync(ct);
            await LegalHolds.EndAsync(db, response, ct);
            return true;
        },
        ct);

    private async Task<bool> ActAsync(Guid id, Actor by, string act, Func<Concern, DateTimeOffset, Task<bool>> run, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var concern = await db.Concerns.FromSql($"select * from concerns where id = {id} for no key update").FirstOrDefaultAsync(ct);
        if (concern is null || !await run(concern, now))
        {
            return false;
        }

        HistoryEntry.Add<Concern>(db, id, by, act, [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private Task<Guid?> ResponseAsync(Concern concern, CancellationToken ct) =>
        db.SurveyComments.Where(comment => comment.Id == concern.CommentId).Select(comment => comment.ResponseId).FirstOrDefaultAsync(ct);
}
