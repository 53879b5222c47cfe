using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.FreePlaces.Pages.Staff;

/// <summary>The policies of all years, with what was given under each year's.</summary>
[ForStaff(StaffRight.ReadBookings, Act = [StaffRight.RunBookings])]
internal sealed class PoliciesModel(TrainingHubDb db, SavePolicy save, TimeProvider clock) : PageModel
{
    public IReadOnlyList<FreePlacePolicy> Policies { get; private set; } = [];
    public IReadOnlyDictionary<DateOnly, FreePlaceYear> Given { get; private set; } = new Dictionary<DateOnly, FreePlaceYear>();
    public Guid? InForce { get; private set; }

    /// <summary>The running year and the next.</summary>
    public IReadOnlyList<FinancialYear> ToDraft { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var today = London.DateOf(clock.GetUtcNow());
        var running = FinancialYear.Of(today);
        Policies = await db.FreePlacePolicies.AsNoTracking().OrderByDescending(one => one.YearStartsOn).ThenByDescending(one => one.CreatedAt).ToListAsync(ct);
        Given = await db.FreePlaceYears.AsNoTracking().ToDictionaryAsync(year => year.StartsOn, ct);
        InForce = (await FreePlacePolicy.InForceAsync(db, today, ct))?.Id;
        ToDraft = [running, running.Next];
    }

    /// <param name="year">In which it begins: the running financial year or the next.</param>
    /// <param name="ct"></param>
    public async Task<IActionResult> OnPostAsync(int year, CancellationToken ct)
    {
        var running = FinancialYear.Of(London.DateOf(clock.GetUtcNow())).StartsIn;
        return year == running || year == running + 1
            ? Redirect(FreePlaceUrls.StaffPolicy(await save.DraftAsync(new(year), User.Actor(), ct)))
            : NotFound();
    }
}
