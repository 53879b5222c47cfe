using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

internal enum VoteOutcome
{
    Voted,

    /// <summary>It was counted before.</summary>
    Before,

    /// <summary>There is no such need, or it is archived, or there is no such organisation.</summary>
    Unknown,
}

/// <summary>Counts who asks for training: each organisation and each comment once a need. One statement, so that a second press adds nothing.</summary>
internal sealed class VoteForNeed(TrainingHubDb db, TimeProvider clock)
{
    public async Task<VoteOutcome> ByOrganisationAsync(Guid need, Guid organisation, Actor by, CancellationToken ct)
    {
        var name = await db.Organisations.Where(one => one.Id == organisation && one.MergedIntoId == null).Select(one => one.Name).SingleOrDefaultAsync(ct);
        return name is null ? VoteOutcome.Unknown : await AddAsync(need, organisation, comment: null, "Vote of an organisation", name, by, ct);
    }

    /// <summary>On its own page an organisation votes for what is listed there, and for nothing else.</summary>
    public async Task<VoteOutcome> ByLeadAsync(Guid need, Guid organisation, CancellationToken ct) =>
        await OwnNeeds.Listed(db).AnyAsync(one => one.Id == need, ct) ? await ByOrganisationAsync(need, organisation, KeepLeads.Lead, ct) : VoteOutcome.Unknown;

    /// <summary>An organisation asks for it no more. What staff have not looked at, and nobody else asks for, is archived with it.</summary>
    /// <returns>False when it did not ask for it.</returns>
    public async Task<bool> StopAsync(Guid need, Guid organisation, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.TrainingNeedVotes.Where(vote => vote.NeedId == need && vote.OrganisationId == organisation).ExecuteDeleteAsync(ct) == 0)
        {
            return false;
        }

        var isArchived = await db.TrainingNeeds
            .Where(one => one.Id == need && one.AwaitsStaff && one.ArchivedAt == null && !db.TrainingNeedVotes.Any(vote => vote.NeedId == need))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.ArchivedAt, now).SetProperty(one => one.Version, one => one.Version + 1), ct) == 1;
        HistoryEntry.Add<TrainingNeed>(db, need, KeepLeads.Lead, isArchived ? "Taken back by the organisation and archived" : "Vote taken back", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>What somebody wrote in a survey asks for it. Whoever calls knows that the comment is there; nothing of its words is kept.</summary>
    public Task<VoteOutcome> ByCommentAsync(Guid need, Guid comment, Actor by, CancellationToken ct) => AddAsync(need, organisation: null, comment, "Vote of a survey comment", note: null, by, ct);

    /// <returns>False when there is no such vote.</returns>
    public async Task<bool> TakeBackAsync(Guid need, Guid vote, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.TrainingNeedVotes.Where(one => one.Id == vote && one.NeedId == need).ExecuteDeleteAsync(ct) == 0)
        {
            return false;
        }

        HistoryEntry.Add<TrainingNeed>(db, need, by, "Vote taken back", [], clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Of organisations that become one: two votes for one need become one. Joins its caller's transaction.</summary>
    public static Task<int> MoveAsync(TrainingHubDb db, Guid kept, Guid[] merged, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        with moved as (
            delete from training_need_votes
            where organisation_id = any({merged})
            returning id, need_id, voted_at
        )
        insert into training_need_votes (id, need_id, organisation_id, voted_at)
        select id, need_id, {kept}, voted_at
        from moved
        order by voted_at, id
        on conflict do nothing
        """,
        ct);

    private async Task<VoteOutcome> AddAsync(Guid need, Guid? organisation, Guid? comment, string act, string? note, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Held until the vote stands: a merge would leave it behind.
        var open = await db.TrainingNeeds.FromSql($"select * from training_needs where id = {need} and archived_at is null for share").AsNoTracking().ToListAsync(ct);
        if (open.Count == 0)
        {
            return VoteOutcome.Unknown;
        }

        var added = await db.Database.ExecuteSqlAsync(
            $"""
            insert into training_need_votes (id, need_id, organisation_id, comment_id, voted_at)
            values ({Guid.CreateVersion7(now)}, {need}, {organisation}, {comment}, {now})
            on conflict do nothing
            """,
            ct);
        if (added == 0)
        {
            return VoteOutcome.Before;
        }

        HistoryEntry.Add<TrainingNeed>(db, need, by, act, [], now, note);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return VoteOutcome.Voted;
    }
}
