using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.PersonalData;

internal enum KeepResult
{
    Kept,

    /// <summary>There is no such request.</summary>
    Gone,

    /// <summary>It is answered, or extended, already. Nothing was changed.</summary>
    DoneBefore,

    /// <summary>Nobody has said how the asker was identified.</summary>
    NotIdentified,

    /// <summary>Whoever complains has not been told that it came.</summary>
    NotAcknowledged,

    /// <summary>A day before it was received, or one to come.</summary>
    WrongDay,
}

/// <summary>What staff do to a request besides erasing: who it is, which records are theirs, that a complaint was acknowledged on paper, more time, the answer. Each under the request's lock, once.</summary>
internal sealed class KeepRequest(TrainingHubDb db, TimeProvider clock)
{
    public Task<KeepResult> IdentifyAsync(Guid id, string how, Actor by, CancellationToken ct) => ChangeAsync(id, request =>
    {
        if (!request.IsOpen)
        {
            return KeepResult.DoneBefore;
        }

        request.Identify(how);
        HistoryEntry.Add<DataRequest>(db, id, by, "Asker identified", [], clock.GetUtcNow());
        return KeepResult.Kept;
    }, ct);

    /// <summary>These records are the asker's, of those that were shown; others that were ticked before stay as they are.</summary>
    public Task<KeepResult> TickAsync(Guid id, IReadOnlyCollection<HeldRecord> ticked, IReadOnlyCollection<HeldRecord> shown, Actor by, CancellationToken ct) => ChangeAsync(id, async request =>
    {
        if (!request.IsOpen)
        {
            return KeepResult.DoneBefore;
        }

        var before = await db.DataRequestRecords.Where(record => record.RequestId == id).ToListAsync(ct);
        db.RemoveRange(before.Where(record => shown.Contains(new(record.Kind, record.RecordId)) && !ticked.Contains(new(record.Kind, record.RecordId))));
        db.AddRange(ticked.Distinct().Where(record => !before.Exists(one => one.Kind == record.Kind && one.RecordId == record.Id))
            .Select(record => new DataRequestRecord { RequestId = id, Kind = record.Kind, RecordId = record.Id }));
        HistoryEntry.Add<DataRequest>(db, id, by, "Records chosen", [], clock.GetUtcNow(), ticked.Count == 1 ? "1 record" : $"{ticked.Count} records");
        return KeepResult.Kept;
    }, ct);

    public Task<KeepResult> ExtendAsync(Guid id, string why, Actor by, CancellationToken ct) => ChangeAsync(id, request =>
    {
        if (!request.MayExtend)
        {
            return KeepResult.DoneBefore;
        }

        if (request.IsToAcknowledge)
        {
            return KeepResult.NotAcknowledged;
        }

        var (now, before) = (clock.GetUtcNow(), request.DueOn);
        request.Extend(why);
        HistoryEntry.Add<DataRequest>(db, id, by, "Extended", [new("Due", London.Words(before), London.Words(request.DueOn))], now);
        if (request is { Name: { } name, Email: { } email })
        {
            db.Add(OutgoingEmail.To(email, new DataRequestExtendedEmail(name, request.Reference, London.Words(request.DueOn), why, request.Kind.Noun()), now, about: request.Reference));
        }

        return KeepResult.Kept;
    }, ct);

    /// <summary>Whoever complains was told by post or by phone that it came.</summary>
    public Task<KeepResult> AcknowledgeAsync(Guid id, DateOnly on, Actor by, CancellationToken ct) => ChangeAsync(id, request =>
    {
        if (!request.IsToAcknowledge)
        {
            return KeepResult.DoneBefore;
        }

        var now = clock.GetUtcNow();
        if (on < request.ReceivedOn || on > London.DateOf(now))
        {
            return KeepResult.WrongDay;
        }

        request.Acknowledge(on);
        HistoryEntry.Add<DataRequest>(db, id, by, "Acknowledged", [new("On", null, London.Words(on))], now);
        return KeepResult.Kept;
    }, ct);

    /// <param name="id"></param>
    /// <param name="given">What they were given or told.</param>
    /// <param name="finding">Of a complaint, which is not answered without one; null for a request.</param>
    /// <param name="tell">Whether they get it by email too.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public Task<KeepResult> AnswerAsync(Guid id, string given, ComplaintFinding? finding, bool tell, Actor by, CancellationToken ct) => ChangeAsync(id, request =>
    {
        if (!request.IsOpen)
        {
            return KeepResult.DoneBefore;
        }

        if (request.Identity is null && request.Kind == DataRequestKind.Copy)
        {
            return KeepResult.NotIdentified;
        }

        var now = clock.GetUtcNow();
        var way = tell && request.Email is not null ? AnswerWay.Email : AnswerWay.Paper;
        if (way == AnswerWay.Email)
        {
            db.Add(Told(request, given, finding, now));
        }

        request.Close(given, way, finding, by.Id == Guid.Empty ? null : by.Id, now);
        HistoryEntry.Add<DataRequest>(db, id, by, "Answered", [], now);
        return KeepResult.Kept;
    }, ct);

    private static OutgoingEmail Told(DataRequest request, string given, ComplaintFinding? finding, DateTimeOffset now) => finding is { } found
        ? OutgoingEmail.To(request.Email!, new DataComplaintAnsweredEmail(request.Name, request.Reference, found.ToAsker(), given), now, about: request.Reference)
        : OutgoingEmail.To(request.Email!, new DataRequestAnsweredEmail(request.Name, request.Reference, given, [], []), now, about: request.Reference);

    private Task<KeepResult> ChangeAsync(Guid id, Func<DataRequest, KeepResult> change, CancellationToken ct) => ChangeAsync(id, request => Task.FromResult(change(request)), ct);

    private async Task<KeepResult> ChangeAsync(Guid id, Func<DataRequest, Task<KeepResult>> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.DataRequests.FromSql($"select * from data_requests where id = {id} for update").SingleOrDefaultAsync(ct) is not { } request)
        {
            return KeepResult.Gone;
        }

        var result = await change(request);
        if (result == KeepResult.Kept)
        {
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        return result;
    }
}
