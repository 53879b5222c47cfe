using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.PersonalData;

internal enum EraseResult
{
    Erased,

    /// <summary>It was done before; nothing was changed.</summary>
    ErasedBefore,
    Gone,

    /// <summary>It is answered, or it asks for something else.</summary>
    NotAsked,

    /// <summary>Nobody has said how the asker was identified.</summary>
    NotIdentified,

    /// <summary>No record is ticked.</summary>
    NothingTicked,

    /// <summary>Something is needed for a coming date, and nobody has said that the rest is to go now.</summary>
    StillNeeded,

    /// <summary>Something was booked or changed since it was looked at; nothing was erased.</summary>
    ChangedMeanwhile,
}

/// <summary>
/// Erases the records that are ticked on a request, with the account of what went and what is kept, and tells the asker, in one
/// transaction under the request's lock: two at once do it once. What is needed for a coming date is erased by a second time after it, and
/// until then the request keeps who asked; after that it names nobody.
/// </summary>
internal sealed class EraseRequest(TrainingHubDb db, EraseHeld erase, TimeProvider clock)
{
    public const string Answer = "What we hold about you was erased, as far as the law lets us.";
    public const string AnswerForNow = "What we hold about you was erased, except what a coming date needs. We erase that when the date is over.";

    public const string AnswerForThen = "A coming date needs what we hold about you. We erase it when the date is over.";

    /// <param name="id"></param>
    /// <param name="leaveNeeded">What is needed for a coming date stays until it is over.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<EraseResult> RunAsync(Guid id, bool leaveNeeded, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.DataRequests.FromSql($"select * from data_requests where id = {id} for update").AsNoTracking().SingleOrDefaultAsync(ct) is not { } request)
        {
            return EraseResult.Gone;
        }

        if (request is { ErasedAt: not null, LaterOn: null })
        {
            return EraseResult.ErasedBefore;
        }

        if (!request.IsOpen || request.Kind != DataRequestKind.Erasure)
        {
            return EraseResult.NotAsked;
        }

        if (request.Identity is null)
        {
            return EraseResult.NotIdentified;
        }

        var plan = await ErasurePlan.ReadAsync(db, await LeftAsync(db, id, ct), now, ct);
        if (plan.WhyNot(request, leaveNeeded) is { } why)
        {
            return why;
        }

        if (!await erase.RunAsync(plan.Held, by, ct))
        {
            return EraseResult.ChangedMeanwhile;
        }

        await AccountAsync(id, plan, by, now, ct);
        await transaction.CommitAsync(ct);
        return EraseResult.Erased;
    }

    public static async Task<IReadOnlyList<HeldRecord>> TickedAsync(TrainingHubDb db, Guid id, CancellationToken ct) =>
        [.. (await db.DataRequestRecords.AsNoTracking().Where(record => record.RequestId == id).OrderBy(record => record.Kind).ThenBy(record => record.RecordId).ToListAsync(ct))
            .Select(record => new HeldRecord(record.Kind, record.RecordId))];

    /// <summary>Those of the ticked ones that were not erased yet.</summary>
    public static async Task<IReadOnlyList<HeldRecord>> LeftAsync(TrainingHubDb db, Guid id, CancellationToken ct)
    {
        var ticked = await TickedAsync(db, id, ct);
        var ids = ticked.Select(record => record.Id).ToArray();
        var erased = await db.ErasedRecords.Where(record => ids.Contains(record.RecordId)).Select(record => new { record.Kind, record.RecordId }).ToListAsync(ct);
        return [.. ticked.Where(record => !erased.Exists(one => one.Kind == record.Kind.ToString() && one.RecordId == record.Id))];
    }

    private async Task AccountAsync(Guid id, ErasurePlan plan, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var request = await db.DataRequests.SingleAsync(one => one.Id == id, ct);
        var address = request.Email;
        List<ErasureLine> lines = [.. plan.Goes, .. plan.Stays, .. plan.Needed.Select(_ => NeededLine(plan)).Distinct()];
        if (address is not null)
        {
            lines.Add(new("The address on the email with this answer", "To show that we answered", London.Words(London.DateOf(now.AddDays(PruneEmails.KeepDays)))));
        }

        var (answer, reference) = (plan.LaterOn is null ? Answer : plan.IsEmpty ? AnswerForThen : AnswerForNow, request.Reference);
        request.Erase(lines, plan.LaterOn, now);
        if (plan.LaterOn is null && request.IsOpen)
        {
            request.Close(answer, address is null ? AnswerWay.Paper : AnswerWay.Email, finding: null, by.Id == Guid.Empty ? null : by.Id, now);
        }

        if (address is not null)
        {
            db.Add(OutgoingEmail.To(
                address,
                new DataRequestAnsweredEmail(
                    null, reference, answer, [.. lines.Where(line => line.Kept is null).Select(DataRequestWords.OfLine)], [.. lines.Where(line => line.Kept is not null).Select(DataRequestWords.OfLine)]),
                now, about: reference));
        }

        HistoryEntry.Add<DataRequest>(db, id, by, plan.LaterOn is null ? "Erased" : plan.IsEmpty ? "Left until a date is over" : "Erased in part", [], now, $"{(plan.Held.Records.Count() == 1 ? "1 record" : $"{plan.Held.Records.Count()} records")}.");
        await db.SaveChangesAsync(ct);
    }

    private static ErasureLine NeededLine(ErasurePlan plan) =>
        new(plan.Needed.Count == 1 ? "1 record for a coming date" : $"{plan.Needed.Count} records for coming dates", "The date needs it", London.Words(plan.LaterOn!.Value));
}
