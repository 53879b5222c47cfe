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

    public DateLine Run { get; private set; } = null!;

    /// <summary>Of an order of several dates: each date that stands in the way of all. Empty where the order has one date.</summary>
    public IReadOnlyList<DateInTheWay> InTheWay { get; private set; } = [];

    /// <summary>The others of that order: they can be booked.</summary>
    public IReadOnlyList<DateLine> Bookable { get; private set; } = [];

    /// <summary>Where the order was begun.</summary>
    public Guid BegunOn { get; private set; }
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

    public string Heading => (InTheWay.Count, Bookable.Count) switch
    {
        (0, 0) => HeadingOfOneDate,
        (0, _) => "All dates can be booked now",
        (1, _) => $"One of your {InTheWay.Count + Bookable.Count} dates cannot be booked",
        _ => $"{InTheWay.Count} of your {InTheWay.Count + Bookable.Count} dates cannot be booked",
    };

    private string HeadingOfOneDate => (IsOpen, Left) switch
    {
        (false, _) => Run.IsClosedAt(Now) ? "Booking has closed" : "This date cannot be booked",
        (true, 0) => "This date is full",
        (true, var left) when left >= Wanted => left == 1 ? "There is a place on this date" : "There are places on this date",
        (true, 1) => "Only 1 place is left on this date",
        (true, var left) => $"Only {left} places are left on this date",
    };

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        var (now, sector) = (clock.GetUtcNow(), state.Answers?.SectorId);
        (Now, HasSector) = (now, sector is not null);
        BegunOn = run;
        if (!state.IsOneDate)
        {
            return await ShowOrderAsync(state, ct);
        }

        Run = await journey.AskRunAsync(state.Dates[0].Id, ct) ?? state.Dates[0];
        (IsOpen, Wanted) = (Run.IsOpenAt(now), Math.Max(1, state.PlacesOn(state.Dates[0])));
        LeftWithoutOffer = Run.LeftFor(sector, now);
        Left = LeftWithoutOffer + (state.OfferOn(Run)?.Places ?? 0);
        HadOffer = state.Answers?.Waiting is not null && state.Offer is null;
        WithNames = state.Answers is { People.Count: > 0 } ? $"?from={run}" : "";
        Others = await OthersAsync(Run, Wanted, sector, [Run.Id], MostOthers, ct);
        return Page();
    }

    private async Task<PageResult> ShowOrderAsync(JourneyState state, CancellationToken ct)
    {
        var sector = state.Answers?.SectorId;
        List<DateInTheWay> blocked = [];
        List<DateLine> bookable = [];
        var taken = state.Dates.Select(date => date.Id).ToList();
        foreach (var date in state.Dates)
        {
            var (asked, wanted) = (await journey.AskRunAsync(date.Id, ct) ?? date, Math.Max(1, state.PlacesOn(date)));
            var left = asked.LeftFor(sector, Now) + (state.OfferOn(asked)?.Places ?? 0);
            if (asked.IsOpenAt(Now) && left >= wanted)
            {
                bookable.Add(asked);
                continue;
            }

            blocked.Add(new(asked, wanted, asked.IsOpenAt(Now) ? left : null, await OthersAsync(asked, wanted, sector, taken, 3, ct)));
        }

        (InTheWay, Bookable, Run) = (blocked, bookable, state.Dates[0]);
        return Page();
    }

    private Task<List<DateLine>> OthersAsync(DateLine of, int places, Guid? sector, List<Guid> taken, int most, CancellationToken ct) =>
        DateLines.Of(db, DateLines.Bookable(db, Now, places, sector).Where(other => other.CourseId == of.CourseId && !taken.Contains(other.Id)))
            .OrderBy(other => other.StartsAt).ThenBy(other => other.Id)
            .Take(most)
            .ToListAsync(ct);
}

/// <summary>A date of an order that cannot be booked as it was asked for.</summary>
/// <param name="Run"></param>
/// <param name="Wanted">Places.</param>
/// <param name="Left">Fewer than wanted; null when nobody can book it.</param>
/// <param name="Others">Dates of the same course that have enough places.</param>
internal sealed record DateInTheWay(DateLine Run, int Wanted, int? Left, IReadOnlyList<DateLine> Others)
{
    public string WhyNot(DateTimeOffset now) => Left switch
    {
        null when Run.IsClosedAt(now) => $"Booking closed on {London.Moment(Run.ClosesAt)}.",
        null when Run.State == RunState.Cancelled => "The date has been cancelled.",
        null => "The date has begun, or is booked with the training team only.",
        0 => "It is full.",
        1 => $"1 place is left. You asked for {Wanted}.",
        var left => $"{left} places are left. You asked for {Wanted}.",
    };
}
