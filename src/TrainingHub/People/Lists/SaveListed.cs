using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>
/// Adds a name to a list, changes it or moves it by one place. What was said with it says the new name from then on. Two names of
/// one list never differ by capitals alone. To archive is <see cref="ArchiveRecord"/>.
/// </summary>
internal sealed class SaveListed(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>At the end of the list. The form's own id is the name's, so that a second click adds no second one.</summary>
    public async Task<EditOutcome> AddAsync<T>(Guid id, ListedFacts facts, Actor by, CancellationToken ct)
        where T : class, IListed<T>
    {
        if (await db.Set<T>().AnyAsync(one => one.Id == id, ct))
        {
            return EditOutcome.Saved;
        }

        if (await IsTakenAsync<T>(id, facts.Name, ct))
        {
            return EditOutcome.NameTaken;
        }

        var added = T.New(id);
        added.Take(facts);
        added.SortOrder = 1 + (await db.Set<T>().MaxAsync(one => (int?)one.SortOrder, ct) ?? 0);
        return await Edit.AddAsync(db, added, by, added.Facts.ChangesFrom(new ListedFacts(), await AreasAsync(ct)), clock.GetUtcNow(), ct);
    }

    public async Task<EditOutcome> ChangeAsync<T>(Guid id, int version, ListedFacts facts, Actor by, CancellationToken ct)
        where T : class, IListed<T>
    {
        if (await db.Set<T>().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } known)
        {
            return EditOutcome.Unknown;
        }

        var before = known.Facts;
        known.Take(facts);
        var changes = known.Facts.ChangesFrom(before, await AreasAsync(ct));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        return await IsTakenAsync<T>(id, facts.Name, ct)
            ? EditOutcome.NameTaken
            : await Edit.ChangeAsync(db, known, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    /// <summary>One place up the list, before the one that is offered there now. The first stays where it is.</summary>
    public async Task<EditOutcome> MoveUpAsync<T>(Guid id, int version, Actor by, CancellationToken ct)
        where T : class, IListed<T>
    {
        var all = await db.Set<T>().Where(one => one.ArchivedAt == null).OrderBy(one => one.SortOrder).ThenBy(one => one.Name).ToListAsync(ct);
        var at = all.FindIndex(one => one.Id == id);
        if (at < 0)
        {
            return EditOutcome.Unknown;
        }

        if (at == 0)
        {
            return EditOutcome.Saved;
        }

        var moved = all[at];
        (all[at - 1], all[at]) = (moved, all[at - 1]);
        for (var order = 0; order < all.Count; order++)
        {
            all[order].SortOrder = order + 1;
        }

        return await Edit.ChangeAsync(db, moved, version, by, "Moved up", [], clock.GetUtcNow(), ct);
    }

    private Task<bool> IsTakenAsync<T>(Guid id, string name, CancellationToken ct)
        where T : class, IListed<T>
    {
        var pattern = Likeness.Whole(name);
        return db.Set<T>().AnyAsync(one => one.Id != id && EF.Functions.ILike(one.Name, pattern), ct);
    }

    private Task<Dictionary<Guid, string>> AreasAsync(CancellationToken ct) => db.Areas.ToDictionaryAsync(area => area.Id, area => area.Name, ct);
}
