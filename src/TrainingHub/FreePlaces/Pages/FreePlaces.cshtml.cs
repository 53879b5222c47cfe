using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.FreePlaces.Pages;

/// <summary>The policy in force, as it is published.</summary>
internal sealed class FreePlacesModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public FreePlacePolicy? Policy { get; private set; }
    public DateOnly Today => London.DateOf(clock.GetUtcNow());

    /// <summary>Nothing is left of the budget of the running year.</summary>
    public bool IsGivenAway { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Policy = await FreePlacePolicy.InForceAsync(db, Today, ct);
        var starts = FinancialYear.Of(Today).From;
        IsGivenAway = await db.FreePlaceYears.AnyAsync(
            year => year.StartsOn == starts && (year.PlacesUsed >= year.BudgetPlaces || year.ForgonePence >= year.BudgetPence), ct);
    }
}
