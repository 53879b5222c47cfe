using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal enum AskResult
{
    Asked,

    /// <summary>It waits for a decision already, or may be looked at.</summary>
    AskedBefore,

    /// <summary>Nothing leads from the text to anybody.</summary>
    NotTraceable,
    Gone,
}

internal enum WriterResult
{
    Decided,

    /// <summary>Whoever asks does not decide.</summary>
    Oneself,

    /// <summary>Nothing waits for a decision.</summary>
    Gone,
}

/// <summary>
/// Who wrote a text that raised a concern. The lead asks with a reason, somebody else decides, and for seven days the lead may look; each
/// look is kept. That two people decide is a rule of the table too.
/// </summary>
internal sealed class IdentifyWriter(TrainingHubDb db, TimeProvider clock)
{
    public async Task<AskResult> AskAsync(Guid concernId, string reason, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var concern = await db.Concerns.FromSql($"select * from concerns where id = {concernId} for no key update").AsNoTracking().FirstOrDefaultAsync(ct);
        if (concern is null || concern.State == ConcernState.Withdrawn)
        {
            return AskResult.Gone;
        }

        if (await Writer.TraceAsync(db, concern, ct) != Trace.Traceable)
        {
            return AskResult.NotTraceable;
        }

        if (await db.IdentityRequests.AnyAsync(request => request.ConcernId == concernId && (request.DecidedAt == null || request.ShownUntil > now), ct))
        {
            return AskResult.AskedBefore;
        }

        db.Add(new IdentityRequest { Id = Guid.CreateVersion7(now), ConcernId = concernId, Reason = reason, AskedAt = now, AskedById = by.Id });
        HistoryEntry.Add<Concern>(db, concernId, by, "Asked who wrote it", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return AskResult.Asked;
    }

    public async Task<WriterResult> DecideAsync(Guid concernId, bool isApproved, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var request = await db.IdentityRequests
            .FromSql($"select * from identity_requests where concern_id = {concernId} and decided_at is null for no key update").FirstOrDefaultAsync(ct);
        if (request is null)
        {
            return WriterResult.Gone;
        }

        if (isApproved)
        {
            request.Approve(by.Id, now);
        }
        else
        {
            request.Refuse(by.Id, now);
        }

        HistoryEntry.Add<Concern>(db, concernId, by, isApproved ? "Approved that the lead may see who wrote it" : "Refused that the lead may see who wrote it", [], now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { ConstraintName: "ck_identity_requests_two_people" })
        {
            return WriterResult.Oneself;
        }

        await transaction.CommitAsync(ct);
        return WriterResult.Decided;
    }

    /// <returns>Who it was, once the look is kept; null when nobody may look now, or nothing leads there any more.</returns>
    public async Task<Writer?> ShowAsync(Guid concernId, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // It keeps the look too. One that shows nobody is not kept, for nothing is committed.
        var place = await db.Database.SqlQuery<Guid?>(
            $"select identify_writer({concernId}, {Guid.CreateVersion7(now)}, {by.Id}, {now}) as \"Value\"").SingleAsync(ct);
        if (place is not { } found || await Writer.ReadAsync(db, found, ct) is not { } writer)
        {
            return null;
        }

        HistoryEntry.Add<Concern>(db, concernId, by, "Looked at who wrote it", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return writer;
    }
}
