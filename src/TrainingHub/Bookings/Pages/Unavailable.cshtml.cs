using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings.Pages;

/// <summary>Why this date cannot be booked, or not for so many, and what can be done instead. What was typed is kept.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class UnavailableModel(BookingJourney journey, TrainingHubDb db, TimeProvider clock) : PageModel
{
    private const int MostOthers = 6;

    public DateLine Run { get; private set; } = null!;
    public bool IsOpen { get; private set; }
    public int Wanted { get; private set; }
    public IReadOnlyList<DateLine> Others { get; private set; } = [];

    /// <summary>Takes along to another date what was typed for this one.</summary>
    public string WithNames { get; private set; } = "";

    public DateTimeOffset Now { get; private set; }

    /// <summary>For the sector that was typed, or for anybody.</summary>
    public int Left { get; private set; }

    public int LeftWithoutOffer { get; private set; }

    /// <summary>What was typed is for an offer that holds no more.</summary>
    public bool HadOffer { get; private set; }

    /// <summary>Whether a sector was typed, so that another may be.</summary>
    public bool HasSector { get; private set; }

    public string Heading => (IsOpen, Left) switch
    {
        (false, _) => Run.IsClosedAt(Now) ? "Booking has closed" : "This date cannot be booked",
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

        var (now, sector) = (clock.GetUtcNow(), state.Answers?.SectorId);
        (Now, HasSector) = (now, sector is not null);
        Run = await journey.AskRunAsync(run, ct) ?? state.Run;
        (IsOpen, Wanted) = (Run.IsOpenAt(now), Math.Max(1, state.Answers?.People.Count ?? 1));
        LeftWithoutOffer = Run.LeftFor(sector, now);
        Left = LeftWithoutOffer + (state.Offer?.Places ?? 0);
        HadOffer = state.Answers?.Waiting is not null && state.Offer is null;
        WithNames = state.Answers is { People.Count: > 0 } ? $"?from={run}" : "";
        Others = await DateLines.Of(db, DateLines.Bookable(db, now, Wanted, sector)
                .Where(other => other.CourseId == Run.CourseId && other.Id != run))
            .OrderBy(other => other.StartsAt).ThenBy(other => other.Id)
            .Take(MostOthers)
            .ToListAsync(ct);
        return Page();
    }
}
