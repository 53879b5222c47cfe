using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>Adds an action on a recommendation, or changes what is said of one. How far it is, <see cref="ActOnAction"/> says.</summary>
internal sealed class SaveAction(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="id">The form's own: sent twice, it is added once.</param>
    /// <param name="recommendation"></param>
    /// <param name="facts"></param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> AddAsync(Guid id, Guid recommendation, ActionFacts facts, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Recommendations.FromSql($"select * from recommendations where id = {recommendation} for no key update").AsNoTracking().SingleOrDefaultAsync(ct) is null)
        {
            return EditOutcome.Unknown;
        }

        if (await db.LearningActions.AnyAsync(one => one.Id == id, ct))
        {
            return EditOutcome.Saved;
        }

        var action = new LearningAction
        {
            Id = id,
            RecommendationId = recommendation,
            What = facts.What,
            Agency = facts.Agency,
            Owner = facts.Owner,
            OwnerId = facts.OwnerId,
            DueOn = facts.DueOn!.Value,
            Note = facts.Note,
            Evidence = facts.Evidence,
        };
        var outcome = await Edit.AddAsync(db, action, by, facts.ChangesFrom(new ActionFacts()), clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    /// <param name="id">The action.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, ActionFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.LearningActions.SingleOrDefaultAsync(one => one.Id == id, ct) is not { } action)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(ActionFacts.Of(action));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        db.Entry(action).CurrentValues.SetValues(new { facts.What, facts.Agency, facts.Owner, facts.OwnerId, DueOn = facts.DueOn!.Value, facts.Note, facts.Evidence });
        return await Edit.ChangeAsync(db, action, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }
}
