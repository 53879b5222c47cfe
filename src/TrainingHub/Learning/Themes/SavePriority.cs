using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>Adds a priority of the partnership, or changes its name or its years. Two priorities never have one name, in capitals or not.</summary>
internal sealed class SavePriority(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> AddAsync(Guid id, PriorityFacts facts, Actor by, CancellationToken ct) => await IsTakenAsync(id, facts.Name, ct)
        ? EditOutcome.NameTaken
        : await Edit.AddAsync(
            db, new LearningPriority { Id = id, Name = facts.Name, FirstYear = facts.FirstYear!.Value, LastYear = facts.LastYear }, by,
            facts.ChangesFrom(new PriorityFacts()), clock.GetUtcNow(), ct);

    public async Task<EditOutcome> ChangeAsync(Guid id, int version, PriorityFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.LearningPriorities.SingleOrDefaultAsync(one => one.Id == id, ct) is not { } priority)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(PriorityFacts.Of(priority));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        if (await IsTakenAsync(id, facts.Name, ct))
        {
            return EditOutcome.NameTaken;
        }

        db.Entry(priority).CurrentValues.SetValues(new { facts.Name, FirstYear = facts.FirstYear!.Value, facts.LastYear });
        return await Edit.ChangeAsync(db, priority, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    private Task<bool> IsTakenAsync(Guid id, string name, CancellationToken ct)
    {
        var pattern = Likeness.Whole(name);
        return db.LearningPriorities.AnyAsync(one => one.Id != id && EF.Functions.ILike(one.Name, pattern), ct);
    }
}
