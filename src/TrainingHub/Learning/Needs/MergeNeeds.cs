using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

internal enum MergeNeedResult
{
    Merged,

    /// <summary>One of them is archived, or not there any more.</summary>
    Gone,

    /// <summary>Somebody else acted on the one that goes after it was shown. Nothing was changed.</summary>
    ChangedSince,
}

/// <summary>
/// Makes one training need of two that say the same: the votes go to the one that stays, one of each organisation and comment, and the other is
/// archived. So whoever asked for the other sees what becomes of the one that stays. One transaction under the locks of both, in the order of
/// their ids; a second time finds the other archived.
/// </summary>
internal sealed class MergeNeeds(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="kept">Stays.</param>
    /// <param name="merged">Goes.</param>
    /// <param name="version">Of the one that goes, as it was shown.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<MergeNeedResult> RunAsync(Guid kept, Guid merged, int version, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Guid[] both = [kept, merged];
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var needs = await db.TrainingNeeds.FromSql($"select * from training_needs where id = any ({both}) order by id for no key update").AsNoTracking().ToListAsync(ct);
        if (kept == merged || needs.Count < 2 || needs.Exists(need => need.ArchivedAt is not null))
        {
            return MergeNeedResult.Gone;
        }

        var (stays, goes) = (needs.Single(need => need.Id == kept), needs.Single(need => need.Id == merged));
        if (goes.Version != version)
        {
            return MergeNeedResult.ChangedSince;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            with moved as (
                delete from training_need_votes
                where need_id = {merged}
                returning id, organisation_id, comment_id, voted_at
            )
            insert into training_need_votes (id, need_id, organisation_id, comment_id, voted_at)
            select id, {kept}, organisation_id, comment_id, voted_at
            from moved
            order by voted_at, id
            on conflict do nothing
            """,
            ct);
        await db.TrainingNeeds.Where(need => need.Id == merged).ExecuteUpdateAsync(
            set => set.SetProperty(need => need.ArchivedAt, now).SetProperty(need => need.AwaitsStaff, false).SetProperty(need => need.Version, version + 1), ct);
        HistoryEntry.Add<TrainingNeed>(db, merged, by, "Merged into another and archived", [new("Merged into", null, stays.What)], now);
        HistoryEntry.Add<TrainingNeed>(db, kept, by, "Another was merged into it", [new("Merged", null, goes.What)], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return MergeNeedResult.Merged;
    }
}
