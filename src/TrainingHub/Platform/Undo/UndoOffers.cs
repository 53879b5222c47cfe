using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform;

/// <summary>An act that the reader may undo, or why not any more.</summary>
/// <param name="Act"></param>
/// <param name="Done">What was done, as history has it.</param>
/// <param name="Brings">What undoing brings back, a sentence.</param>
/// <param name="WhyNot">Null while it can be undone.</param>
internal sealed record UndoOffer(UndoableAct Act, HistoryEntry Done, string Brings, UndoRefused? WhyNot);

/// <summary>Which acts are offered to be undone, for pages. Only to those who may do such an act.</summary>
internal sealed class UndoOffers(TrainingHubDb db, UndoAct undo, TimeProvider clock)
{
    /// <summary>Of these entries of history, by their ids; none for what was undone, which history says itself.</summary>
    public async Task<IReadOnlyDictionary<Guid, UndoOffer>> OfEntriesAsync(ClaimsPrincipal user, IEnumerable<HistoryEntry> entries, CancellationToken ct)
    {
        var ids = entries.Select(entry => entry.Id).ToList();
        return (await ReadAsync(user, db.UndoableActs.Where(act => ids.Contains(act.Id) && act.UndoneId == null), ct)).ToDictionary(offer => offer.Act.Id);
    }

    /// <summary>The last act on each of these records, by the records' ids.</summary>
    public async Task<IReadOnlyDictionary<Guid, UndoOffer>> OfSubjectsAsync(ClaimsPrincipal user, IReadOnlyCollection<Guid> subjects, CancellationToken ct) =>
        (await ReadAsync(user, db.UndoableActs.Where(act => subjects.Contains(act.SubjectId) && act.UndoneId == null), ct))
            .DistinctBy(offer => offer.Act.SubjectId).ToDictionary(offer => offer.Act.SubjectId);

    /// <summary>One act, or all that were done together; those of others' rights are left out.</summary>
    public Task<IReadOnlyList<UndoOffer>> FindAsync(ClaimsPrincipal user, Guid actOrGroup, CancellationToken ct) =>
        ReadAsync(user, db.UndoableActs.Where(act => act.Id == actOrGroup || act.GroupId == actOrGroup), ct);

    private async Task<IReadOnlyList<UndoOffer>> ReadAsync(ClaimsPrincipal user, IQueryable<UndoableAct> wanted, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var found = await (
            from act in wanted.AsNoTracking()
            join done in db.HistoryEntries.AsNoTracking() on act.Id equals done.Id
            orderby act.At descending, act.Id descending
            select new { act, done }).ToListAsync(ct);
        var offers = new List<UndoOffer>();
        foreach (var one in found)
        {
            if (undo.KindOf(one.act) is { } kind && user.May(kind.Right))
            {
                offers.Add(new(one.act, one.done, undo.HandlerOf(kind).Brings(one.act), await undo.WhyNotAsync(one.act, kind, now, ct)));
            }
        }

        return offers;
    }
}
