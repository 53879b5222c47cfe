using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Bookings.Pages;

/// <summary>Why this date cannot be booked, or not for so many, and what can be done instead. What was typed is kept.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class UnavailableModel(BookingJourney journey, TrainingHubDb db, TimeProvider clock) : PageModel
{
    private const int MostOthers = 6;

    public BookableRun Run { get; private set; } = null!;
    public bool IsOpen { get; private set; }
    public int Wanted { get; private set; }
    public IReadOnlyList<OtherDate> Others { get; private set; } = [];

    public string Heading => (IsOpen, Run.PlacesLeft) switch
    {
        (false, _) => "This date cannot be booked",
        (true, 0) => "This date is full",
        (true, 1) => "Only 1 place is left on this date",
        (true, var left) => left < Wanted ? $"Only {left} places are left on this date" : "There are places on this date",
    };

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        var now = clock.GetUtcNow();
        Run = await journey.AskRunAsync(run, ct) ?? state.Run;
        (IsOpen, Wanted) = (Run.IsOpenAt(now), Math.Max(1, state.Answers?.People.Count ?? 1));
        Others = await db.CourseRuns.AsNoTracking()
            .Where(other => other.CourseId == Run.CourseId && other.Id != run && other.State == RunState.Scheduled && other.StartsAt > now
                && other.Capacity - other.PlacesTaken >= Wanted)
            .OrderBy(other => other.StartsAt)
            .Take(MostOthers)
            .Select(other => new OtherDate(other.Id, other.RunsOn, other.StartsAt, other.EndsAt, other.Capacity - other.PlacesTaken))
            .ToListAsync(ct);
        return Page();
    }
}

internal sealed record OtherDate(Guid Id, DateOnly RunsOn, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int PlacesLeft)
{
    public string When => $"{London.LongWords(RunsOn)}, {London.Times(StartsAt, EndsAt)}";
}
