using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.FreePlaces;

internal enum SavePolicyResult
{
    Saved,

    /// <summary>Published since, or changed by somebody else.</summary>
    ChangedSince,

    /// <summary>More has been given this year than the budget would allow.</summary>
    BelowUsed,
    NotFound,
}

/// <summary>
/// Drafts and publishes policies. A draft is a copy of the year's published one, or of the latest. Publishing ends the one before it in that
/// year, which stays as it was for what was decided under it, and sets the year's budget: never below what has been given.
/// </summary>
internal sealed class SavePolicy(TrainingHubDb db, TimeProvider clock)
{
    /// <returns>The draft of the year, made now or before.</returns>
    public async Task<Guid> DraftAsync(FinancialYear year, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"lock table free_place_policies in share row exclusive mode", ct);
        if (await db.FreePlacePolicies.Where(one => one.YearStartsOn == year.From && one.State == FreePlacePolicyState.Draft).Select(one => (Guid?)one.Id).FirstOrDefaultAsync(ct) is { } draft)
        {
            return draft;
        }

        var pattern = await db.FreePlacePolicies.AsNoTracking().Where(one => one.State == FreePlacePolicyState.Published)
            .OrderByDescending(one => one.YearStartsOn == year.From).ThenByDescending(one => one.YearStartsOn).FirstOrDefaultAsync(ct);
        var policy = Copy(pattern, year, now);
        db.Add(policy);
        HistoryEntry.Add<FreePlacePolicy>(db, policy.Id, by, "Drafted", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return policy.Id;
    }

    /// <param name="id"></param>
    /// <param name="version">That the form was filled from.</param>
    /// <param name="facts"></param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<SavePolicyResult> ChangeAsync(Guid id, int version, PolicyFacts facts, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var policy = await LockAsync(id, ct);
        if (policy is null)
        {
            return SavePolicyResult.NotFound;
        }

        if (policy.State != FreePlacePolicyState.Draft || policy.Version != version)
        {
            return SavePolicyResult.ChangedSince;
        }

        var before = PolicyFacts.Of(policy).Lines();
        facts.WriteTo(policy);
        policy.Version++;
        var changes = before.Zip(PolicyFacts.Of(policy).Lines()).Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new HistoryChange(pair.First.Name, pair.First.Value, pair.Second.Value)).ToList();
        HistoryEntry.Add<FreePlacePolicy>(db, id, by, "Changed", changes, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return SavePolicyResult.Saved;
    }

    public async Task<SavePolicyResult> PublishAsync(Guid id, int version, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var policy = await LockAsync(id, ct);
        if (policy is null)
        {
            return SavePolicyResult.NotFound;
        }

        if (policy.State != FreePlacePolicyState.Draft || policy.Version != version)
        {
            return SavePolicyResult.ChangedSince;
        }

        // Conditional, and the table's CHECK as the last word: an approval at this moment is either in the numbers or waits.
        var isKept = await db.Database.ExecuteSqlAsync(
            $"""
            insert into free_place_years as year (starts_on, budget_places, budget_pence)
            values ({policy.YearStartsOn}, {policy.BudgetPlaces}, {policy.BudgetPence})
            on conflict (starts_on) do update
            set budget_places = excluded.budget_places, budget_pence = excluded.budget_pence
            where coalesce(year.places_used <= excluded.budget_places, true) and coalesce(year.forgone_pence <= excluded.budget_pence, true)
            """,
            ct) == 1;
        if (!isKept)
        {
            return SavePolicyResult.BelowUsed;
        }

        var earlier = await db.FreePlacePolicies.SingleOrDefaultAsync(one => one.YearStartsOn == policy.YearStartsOn && one.State == FreePlacePolicyState.Published, ct);
        earlier?.Supersede(now);
        await db.SaveChangesAsync(ct);
        policy.Publish(now);
        HistoryEntry.Add<FreePlacePolicy>(db, id, by, "Published", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return SavePolicyResult.Saved;
    }

    private async Task<FreePlacePolicy?> LockAsync(Guid id, CancellationToken ct) =>
        (await db.FreePlacePolicies.FromSql($"select * from free_place_policies where id = {id} for no key update").ToListAsync(ct)).FirstOrDefault();

    private static FreePlacePolicy Copy(FreePlacePolicy? pattern, FinancialYear year, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        YearStartsOn = year.From,
        TakesRegisteredCharities = pattern?.TakesRegisteredCharities ?? true,
        TakesUnregisteredCharities = pattern?.TakesUnregisteredCharities ?? true,
        TakesCompanies = pattern?.TakesCompanies ?? true,
        Who = pattern?.Who ?? "",
        Evidence = pattern?.Evidence ?? "",
        TurnoverLimitPounds = pattern?.TurnoverLimitPounds,
        PlacesPerOrganisation = pattern?.PlacesPerOrganisation ?? 10,
        BudgetPlaces = pattern?.BudgetPlaces,
        BudgetPence = pattern?.BudgetPence,
        DecideWithinDays = pattern?.DecideWithinDays ?? 10,
        ValidUntil = year.To,
        CreatedAt = now,
    };
}
