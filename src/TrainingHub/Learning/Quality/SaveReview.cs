using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>Keeps a review of a provider, corrects one, or says when the first is to be. Under the provider's lock.</summary>
internal sealed class SaveReview(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="id">The form's own: sent twice, it is added once.</param>
    /// <param name="provider">Whose.</param>
    /// <param name="facts">The form. It was held today or before.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> AddAsync(Guid id, Guid provider, ReviewFacts facts, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await LockAsync(provider, ct))
        {
            return EditOutcome.Unknown;
        }

        if (await db.ProviderReviews.AnyAsync(one => one.Id == id, ct))
        {
            return EditOutcome.Saved;
        }

        var now = clock.GetUtcNow();
        var review = new ProviderReview { Id = id, ProviderId = provider, HeldOn = facts.HeldOn, Outcome = facts.Outcome, Words = facts.Words, NextOn = facts.NextOn };
        var changes = facts.ChangesFrom(new ReviewFacts());
        HistoryEntry.Add<Provider>(db, provider, by, "Reviewed", changes, now);
        var outcome = await Edit.AddAsync(db, review, by, changes, now, ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    /// <param name="id">The review.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, ReviewFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.ProviderReviews.SingleOrDefaultAsync(one => one.Id == id && one.HeldOn != null, ct) is not { } review)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(ReviewFacts.Of(review));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        db.Entry(review).CurrentValues.SetValues(new { facts.HeldOn, facts.Outcome, facts.Words, facts.NextOn });
        return await Edit.ChangeAsync(db, review, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    /// <summary>Says when a provider that has never been reviewed is to be, or another day for it.</summary>
    /// <param name="id">Of the first, where there is none yet: the form's own.</param>
    /// <param name="provider">Whose.</param>
    /// <param name="version">Of the day as it was shown; 0 for none.</param>
    /// <param name="on">The day.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    /// <returns><see cref="EditOutcome.ChangedSince"/> when it was reviewed meanwhile, or has another day by now.</returns>
    public async Task<EditOutcome> PlanFirstAsync(Guid id, Guid provider, int version, DateOnly on, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await LockAsync(provider, ct))
        {
            return EditOutcome.Unknown;
        }

        if (await db.ProviderReviews.AnyAsync(one => one.ProviderId == provider && one.HeldOn != null && one.ArchivedAt == null, ct))
        {
            return EditOutcome.ChangedSince;
        }

        var (now, outcome) = (clock.GetUtcNow(), EditOutcome.Saved);
        if (await db.ProviderReviews.SingleOrDefaultAsync(one => one.ProviderId == provider && one.HeldOn == null, ct) is not { } planned)
        {
            outcome = await Edit.AddAsync(db, new ProviderReview { Id = id, ProviderId = provider, NextOn = on }, by, ChangesOf(null, on), now, ct);
        }
        else if (planned.NextOn != on)
        {
            var changes = ChangesOf(planned.NextOn, on);
            db.Entry(planned).CurrentValues.SetValues(new { NextOn = (DateOnly?)on });
            outcome = await Edit.ChangeAsync(db, planned, version, by, "Changed", changes, now, ct);
        }

        await transaction.CommitAsync(ct);
        return outcome;
    }

    private static IReadOnlyList<HistoryChange> ChangesOf(DateOnly? before, DateOnly after) =>
        HistoryChange.Of(new HistoryChange("First review on", LearningWords.Day(before), LearningWords.Day(after)));

    private async Task<bool> LockAsync(Guid provider, CancellationToken ct) =>
        await db.Providers.FromSql($"select * from providers where id = {provider} for no key update").AsNoTracking().SingleOrDefaultAsync(ct) is not null;
}
