using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages;

[OutputCache(PolicyName = PublicPages.Policy)]
internal sealed class HomeModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    private const int NextCount = 6;
    private const int SlotCount = 4;

    public IReadOnlyList<DateLine> Next { get; private set; } = [];

    public IReadOnlyList<DateLine> Saturdays { get; private set; } = [];

    public IReadOnlyList<DateLine> Twilights { get; private set; } = [];

    public DateTimeOffset Now { get; private set; }

    /// <summary>One statement: the next dates with places, and the next Saturday and twilight ones.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Now = clock.GetUtcNow();
        var open = DateLines.Bookable(db, Now, places: 1);
        var ids = First(open, NextCount)
            .Union(First(open.Where(run => run.Slot == RunSlot.Saturday), SlotCount))
            .Union(First(open.Where(run => run.Slot == RunSlot.Twilight), SlotCount));
        var dates = await DateLines.Of(db, db.CourseRuns.Where(run => ids.Contains(run.Id)))
            .OrderBy(date => date.StartsAt).ThenBy(date => date.Id)
            .ToListAsync(ct);
        Next = [.. dates.Take(NextCount)];
        Saturdays = [.. dates.Where(date => date.Slot == RunSlot.Saturday).Take(SlotCount)];
        Twilights = [.. dates.Where(date => date.Slot == RunSlot.Twilight).Take(SlotCount)];
        return Page();
    }

    private static IQueryable<Guid> First(IQueryable<CourseRun> runs, int count) =>
        runs.OrderBy(run => run.StartsAt).ThenBy(run => run.Id).Take(count).Select(run => run.Id);
}
