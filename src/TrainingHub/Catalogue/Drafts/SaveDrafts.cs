using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>What shall become of one draft.</summary>
/// <param name="Id">The draft.</param>
/// <param name="Seen">The mark of the facts that the form showed.</param>
/// <param name="Facts">As they shall be; null deletes it.</param>
internal sealed record DraftChange(Guid Id, string Seen, RunFacts? Facts);

internal enum DraftRefusal
{
    /// <summary>Published or deleted since the form was opened.</summary>
    NotADraft,

    /// <summary>Somebody else has changed it since the form was opened.</summary>
    ChangedMeanwhile,
}

/// <param name="Refused">Why, by draft; then nothing at all was saved.</param>
/// <param name="Changed">How many have other facts now.</param>
/// <param name="Deleted">How many are gone.</param>
internal sealed record SaveDraftsOutcome(IReadOnlyDictionary<Guid, DraftRefusal> Refused, int Changed, int Deleted);

/// <summary>
/// Changes and deletes drafts, all that one form shows or nothing. What was deleted is told by history alone; a draft that was copied from
/// a date can be copied from it again.
/// </summary>
internal sealed class SaveDrafts(TrainingHubDb db, TimeProvider clock)
{
    public async Task<SaveDraftsOutcome> RunAsync(IReadOnlyList<DraftChange> changes, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ids = changes.Select(change => change.Id).ToArray();
        var drafts = await db.CourseRuns
            .FromSql($"select * from course_runs where id = any ({ids}) and state = {nameof(RunState.Draft)} order by id for update")
            .AsNoTracking()
            .ToDictionaryAsync(run => run.Id, RunFacts.Of, ct);
        var refused = changes.Select(change => (change.Id, Why: WhyNot(change, drafts.GetValueOrDefault(change.Id))))
            .Where(one => one.Why is not null).ToDictionary(one => one.Id, one => one.Why!.Value);
        if (refused.Count > 0)
        {
            return new(refused, 0, 0);
        }

        var different = changes.Where(change => change.Facts != drafts[change.Id]).ToList();
        var names = await RunNames.ReadAsync(db, ct);
        foreach (var change in different)
        {
            await SaveAsync(change, drafts[change.Id], names, by, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        var deleted = different.Count(change => change.Facts is null);
        return new(refused, different.Count - deleted, deleted);
    }

    /// <returns>False when it is no draft, or none any more.</returns>
    public async Task<bool> DeleteAsync(Guid id, Actor by, CancellationToken ct)
    {
        var known = await DraftDate.All(db).AsNoTracking().SingleOrDefaultAsync(run => run.Id == id, ct);
        return known is not null && (await RunAsync([new(id, RunFacts.Of(known).Mark(), Facts: null)], by, ct)).Deleted == 1;
    }

    private static DraftRefusal? WhyNot(DraftChange change, RunFacts? known) =>
        known is null ? DraftRefusal.NotADraft
        : known.Mark() != change.Seen && known != change.Facts ? DraftRefusal.ChangedMeanwhile
        : null;

    private async Task SaveAsync(DraftChange change, RunFacts known, RunNames names, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (change.Facts is { } facts)
        {
            await facts.SaveAsync(db, change.Id, movedAt: null, ct);
            HistoryEntry.Add<CourseRun>(db, change.Id, by, "Changed", facts.ChangesFrom(known, names), now);
            return;
        }

        await db.EventSessions.Where(session => db.EventSlots.Any(slot => slot.Id == session.SlotId && slot.RunId == change.Id)).ExecuteDeleteAsync(ct);
        await db.EventSlots.Where(slot => slot.RunId == change.Id).ExecuteDeleteAsync(ct);
        await db.EventPlans.Where(plan => plan.RunId == change.Id).ExecuteDeleteAsync(ct);
        await db.CourseRuns.Where(run => run.Id == change.Id).ExecuteDeleteAsync(ct);
        HistoryEntry.Add<CourseRun>(db, change.Id, by, "Deleted", [new("When", known.When, null)], now);
    }
}
