using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>Adds a recommendation of a source, or changes one. Under the source's lock, so that two never have one number.</summary>
internal sealed class SaveRecommendation(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> AddAsync(Guid id, Guid source, RecommendationFacts facts, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(source, ct) is null)
        {
            return EditOutcome.Unknown;
        }

        // The form's own id: sent twice, it is added once.
        if (await db.Recommendations.AnyAsync(one => one.Id == id, ct))
        {
            return EditOutcome.Saved;
        }

        if (await IsTakenAsync(id, source, facts.Number, ct))
        {
            return EditOutcome.NameTaken;
        }

        var added = new Recommendation { Id = id, SourceId = source, Number = facts.Number, Text = facts.Text, Effect = facts.Effect!.Value };
        var outcome = await Edit.AddAsync(db, added, by, facts.ChangesFrom(new RecommendationFacts()), clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    /// <param name="id">The recommendation.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, RecommendationFacts facts, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Recommendations.SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return EditOutcome.Unknown;
        }

        await LockAsync(found.SourceId, ct);
        var changes = facts.ChangesFrom(RecommendationFacts.Of(found));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        if (await IsTakenAsync(id, found.SourceId, facts.Number, ct))
        {
            return EditOutcome.NameTaken;
        }

        db.Entry(found).CurrentValues.SetValues(new { facts.Number, facts.Text, Effect = facts.Effect!.Value });
        var outcome = await Edit.ChangeAsync(db, found, version, by, "Changed", changes, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    private async Task<LearningSource?> LockAsync(Guid source, CancellationToken ct) =>
        await db.LearningSources.FromSql($"select * from learning_sources where id = {source} for no key update").AsNoTracking().SingleOrDefaultAsync(ct);

    private Task<bool> IsTakenAsync(Guid id, Guid source, string number, CancellationToken ct)
    {
        var pattern = Likeness.Whole(number);
        return db.Recommendations.AnyAsync(one => one.Id != id && one.SourceId == source && EF.Functions.ILike(one.Number, pattern), ct);
    }
}
