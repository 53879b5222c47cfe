using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Adds a meaning of what visitors type, or changes one. Searches find it from the next one on.</summary>
internal sealed class SaveSearchMeaning(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> AddAsync(Guid id, SearchMeaningFacts facts, Actor by, CancellationToken ct)
    {
        if (await IsTakenAsync(id, facts.Name, ct))
        {
            return EditOutcome.NameTaken;
        }

        var meaning = new SearchMeaning
        {
            Id = id,
            Name = facts.Name,
            Typed = facts.Typed,
            Courses = facts.Courses,
            Says = facts.Says,
            LinkWords = facts.LinkWords,
            LinkAddress = facts.LinkAddress,
        };
        return await Edit.AddAsync(db, meaning, by, facts.ChangesFrom(new SearchMeaningFacts(), await TitlesAsync(ct)), clock.GetUtcNow(), ct);
    }

    /// <param name="id">The meaning.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, SearchMeaningFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.SearchMeanings.SingleOrDefaultAsync(meaning => meaning.Id == id, ct) is not { } meaning)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(SearchMeaningFacts.Of(meaning), await TitlesAsync(ct));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        if (await IsTakenAsync(id, facts.Name, ct))
        {
            return EditOutcome.NameTaken;
        }

        db.Entry(meaning).CurrentValues.SetValues(new { facts.Name, facts.Typed, facts.Courses, facts.Says, facts.LinkWords, facts.LinkAddress });
        return await Edit.ChangeAsync(db, meaning, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    private Task<bool> IsTakenAsync(Guid id, string name, CancellationToken ct)
    {
        var pattern = Likeness.Whole(name);
        return db.SearchMeanings.AnyAsync(meaning => meaning.Id != id && EF.Functions.ILike(meaning.Name, pattern), ct);
    }

    private Task<Dictionary<Guid, string>> TitlesAsync(CancellationToken ct) => db.Courses.ToDictionaryAsync(course => course.Id, course => course.Title, ct);
}
