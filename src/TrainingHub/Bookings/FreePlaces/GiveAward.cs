using Microsoft.EntityFrameworkCore;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <param name="Award"></param>
/// <param name="IsNew">It was made for this decision.</param>
internal sealed record GivenAward(FreePlaceAward Award, bool IsNew);

/// <summary>
/// The award of an organisation for the running year, made or found, with room for what an approval asks. Whoever decides waits for the
/// year's row, so two decisions never see the same last place; the CHECKs on award and year are the last word. Joins its caller's
/// transaction, in which the dates are locked before.
/// </summary>
internal sealed class GiveAward(TrainingHubDb db)
{
    /// <param name="application"></param>
    /// <param name="organisationId">Null when there is none: then the award is this application's alone.</param>
    /// <param name="pence">What each place would cost; empty for an application on its own.</param>
    /// <param name="now"></param>
    /// <param name="ct"></param>
    /// <returns>The award, or null and why there is none.</returns>
    public async Task<(GivenAward? Given, DecideResult Refusal)> RunAsync(
        FreePlaceApplication application, Guid? organisationId, IReadOnlyList<int> pence, DateTimeOffset now, CancellationToken ct)
    {
        var today = London.DateOf(now);
        var policy = await PolicyOfAsync(application, today, ct);
        if (policy is null)
        {
            return (null, DecideResult.NoPolicy);
        }

        var year = await LockAsync(policy, today, ct);
        var award = organisationId is null ? null : await db.FreePlaceAwards.AsNoTracking()
            .FirstOrDefaultAsync(one => one.YearStartsOn == year.StartsOn && one.OrganisationId == organisationId && one.EndedAt == null, ct);
        var most = Math.Max(award?.Places ?? 0, policy.PlacesPerOrganisation);

        // An award without a place that could be booked would be none.
        var places = Math.Max(1, pence.Count);
        if ((award?.PlacesUsed ?? 0) + places > most)
        {
            return (null, DecideResult.OverAllowance);
        }

        if (year.PlacesUsed + places > year.BudgetPlaces || year.ForgonePence + pence.Sum() > year.BudgetPence)
        {
            return (null, DecideResult.OverBudget);
        }

        if (award is null)
        {
            award = New(application, organisationId, policy, year, today, now);
            db.Add(award);
            return (new(award, IsNew: true), DecideResult.Decided);
        }

        var until = policy.AwardsUntil(today);
        await db.FreePlaceAwards.Where(one => one.Id == award.Id && (one.Places < most || one.ValidUntil < until))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Places, most).SetProperty(one => one.ValidUntil, until), ct);
        (award.Places, award.ValidUntil) = (most, until);
        return (new(award, IsNew: false), DecideResult.Decided);
    }

    /// <summary>The decision that made an award is undone: it goes with its codes, unless something else came under it meanwhile.</summary>
    public static async Task TakeBackAsync(TrainingHubDb db, Guid? awardId, CancellationToken ct)
    {
        if (awardId is not { } id || await db.Places.AnyAsync(place => place.FreePlaceAwardId == id, ct)
            || await db.FreePlaceApplications.AnyAsync(one => one.AwardId == id, ct))
        {
            return;
        }

        await db.SecretLinks.Where(link => link.Purpose == FreePlaceAward.CodePurpose && link.SubjectId == id).ExecuteDeleteAsync(ct);
        await db.FreePlaceAwards.Where(award => award.Id == id).ExecuteDeleteAsync(ct);
    }

    private async Task<FreePlacePolicy?> PolicyOfAsync(FreePlaceApplication application, DateOnly today, CancellationToken ct) =>
        application.PolicyId is { } id
            ? await db.FreePlacePolicies.AsNoTracking().SingleAsync(policy => policy.Id == id, ct)
            : await FreePlacePolicy.InForceAsync(db, today, ct);

    // The first decision of a year for which nothing was published goes on with the budget of the policy in force.
    private async Task<FreePlaceYear> LockAsync(FreePlacePolicy policy, DateOnly today, CancellationToken ct)
    {
        var starts = FinancialYear.Of(today).From;
        var inForce = await FreePlacePolicy.InForceAsync(db, today, ct) ?? policy;
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into free_place_years (starts_on, budget_places, budget_pence)
            values ({starts}, {inForce.BudgetPlaces}, {inForce.BudgetPence})
            on conflict do nothing
            """,
            ct);
        return (await db.FreePlaceYears.FromSql($"select * from free_place_years where starts_on = {starts} for no key update").AsNoTracking().ToListAsync(ct))[0];
    }

    private static FreePlaceAward New(
        FreePlaceApplication application, Guid? organisationId, FreePlacePolicy policy, FreePlaceYear year, DateOnly today, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            YearStartsOn = year.StartsOn,
            PolicyId = policy.Id,
            OrganisationId = organisationId,
            OrganisationName = application.OrganisationName,
            Places = policy.PlacesPerOrganisation,
            ValidUntil = policy.AwardsUntil(today),
            AwardedAt = now,
        };
}
