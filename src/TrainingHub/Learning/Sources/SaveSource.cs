using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>
/// Adds a source, or changes what is said of one. Two sources never have one title. What public course pages say of it is changed in the
/// same transaction.
/// </summary>
internal sealed class SaveSource(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> AddAsync(Guid id, SourceFacts facts, Actor by, CancellationToken ct)
    {
        // The form's own id: sent twice, it is added once.
        if (await db.LearningSources.AnyAsync(one => one.Id == id, ct))
        {
            return EditOutcome.Saved;
        }

        if (await IsTakenAsync(id, facts.Title, ct))
        {
            return EditOutcome.NameTaken;
        }

        var source = new LearningSource { Id = id, Kind = facts.Kind!.Value, Title = facts.Title, ThemeIds = facts.ThemeIds, PriorityIds = facts.PriorityIds };
        db.Entry(source).CurrentValues.SetValues(new { facts.PublishedOn, facts.Publisher, facts.Address, facts.AreaId, facts.PublicWords, facts.Note });
        return await Edit.AddAsync(db, source, by, facts.ChangesFrom(new SourceFacts(), await LearningNames.ReadAsync(db, ct)), clock.GetUtcNow(), ct);
    }

    /// <param name="id">The source.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, SourceFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.LearningSources.SingleOrDefaultAsync(source => source.Id == id, ct) is not { } source)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(SourceFacts.Of(source), await LearningNames.ReadAsync(db, ct));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        if (await IsTakenAsync(id, facts.Title, ct))
        {
            return EditOutcome.NameTaken;
        }

        db.Entry(source).CurrentValues.SetValues(new
        {
            Kind = facts.Kind!.Value,
            facts.Title,
            facts.PublishedOn,
            facts.Publisher,
            facts.Address,
            facts.AreaId,
            facts.ThemeIds,
            facts.PriorityIds,
            facts.PublicWords,
            facts.Note,
        });
        await ShownChanges.RenameAsync(db, id, facts.Title, facts.Address, ct);
        return await Edit.ChangeAsync(db, source, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    private Task<bool> IsTakenAsync(Guid id, string title, CancellationToken ct)
    {
        var pattern = Likeness.Whole(title);
        return db.LearningSources.AnyAsync(source => source.Id != id && EF.Functions.ILike(source.Title, pattern), ct);
    }
}
