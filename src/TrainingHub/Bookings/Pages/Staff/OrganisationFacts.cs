using Microsoft.EntityFrameworkCore;
using TrainingHub.FreePlaces;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>What an organisation has had of free places, and what an approval would leave.</summary>
/// <param name="OrganisationId">Null when nothing is known under the name.</param>
/// <param name="Used">Places of this year.</param>
/// <param name="Most">That it may have this year.</param>
/// <param name="YearLeft">Places that the budget leaves for all; null is without an end.</param>
/// <param name="Earlier">What was decided about it before, the last first.</param>
internal sealed record OrganisationFacts(Guid? OrganisationId, int Used, int Most, int? YearLeft, IReadOnlyList<EarlierDecision> Earlier)
{
    private const int Shown = 10;

    public static async Task<OrganisationFacts> ReadAsync(TrainingHubDb db, ApplicationRow row, FreePlacePolicy? policy, DateOnly today, CancellationToken ct)
    {
        var key = Organisation.KeyOf(row.Organisation);
        var id = row.OrganisationId
            ?? await db.Organisations.Where(one => one.NameKey == key).Select(one => one.MergedIntoId ?? (Guid?)one.Id).FirstOrDefaultAsync(ct);
        var starts = FinancialYear.Of(today).From;
        var award = id is null ? null : await db.FreePlaceAwards.AsNoTracking()
            .FirstOrDefaultAsync(one => one.OrganisationId == id && one.YearStartsOn == starts && one.EndedAt == null, ct);
        var year = await db.FreePlaceYears.AsNoTracking().FirstOrDefaultAsync(one => one.StartsOn == starts, ct);
        var earlier = id is null ? [] : await (
            from application in db.FreePlaceApplications
            where application.Id != row.Id && application.State != FreePlaceState.Pending
                && (db.Bookings.Any(booking => booking.FreePlaceApplicationId == application.Id && booking.OrganisationId == id)
                    || db.FreePlaceAwards.Any(one => one.Id == application.AwardId && one.OrganisationId == id))
            orderby application.DecidedAt descending, application.Id
            select new EarlierDecision(application.Id, application.State, application.DecidedAt, application.Reason)).Take(Shown).ToListAsync(ct);
        return new(id, award?.PlacesUsed ?? 0, Math.Max(award?.Places ?? 0, policy?.PlacesPerOrganisation ?? 0), year?.BudgetPlaces - year?.PlacesUsed, earlier);
    }
}

internal sealed record EarlierDecision(Guid Id, FreePlaceState State, DateTimeOffset? At, string? Reason);
