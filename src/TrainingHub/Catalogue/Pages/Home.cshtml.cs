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

    internal sealed record Entry(DateLine Date, string Slug, string Title);

    public IReadOnlyList<Entry> Next { get; private set; } = [];

    public IReadOnlyList<Entry> Saturdays { get; private set; } = [];

    public IReadOnlyList<Entry> Twilights { get; private set; } = [];

    /// <summary>One statement: the next dates with places, and the next Saturday and twilight ones.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var open = DateLines.Coming(db, clock.GetUtcNow()).Where(run => run.PlacesTaken < run.Capacity);
        var ids = First(open, NextCount)
            .Union(First(open.Where(run => run.Slot == RunSlot.Saturday), SlotCount))
            .Union(First(open.Where(run => run.Slot == RunSlot.Twilight), SlotCount));
        var entries = await DateLines.Of(db, db.CourseRuns.Where(run => ids.Contains(run.Id)))
            .Join(db.Courses, line => line.CourseId, course => course.Id, (line, course) => new Entry(line, course.Slug, course.Title))
            .ToListAsync(ct);
        entries = [.. entries.OrderBy(entry => entry.Date.StartsAt).ThenBy(entry => entry.Date.Id)];
        Next = [.. entries.Take(NextCount)];
        Saturdays = [.. entries.Where(entry => entry.Date.Slot == RunSlot.Saturday).Take(SlotCount)];
        Twilights = [.. entries.Where(entry => entry.Date.Slot == RunSlot.Twilight).Take(SlotCount)];
        return Page();
    }

    private static IQueryable<Guid> First(IQueryable<CourseRun> runs, int count) =>
        runs.OrderBy(run => run.StartsAt).ThenBy(run => run.Id).Take(count).Select(run => run.Id);
}
