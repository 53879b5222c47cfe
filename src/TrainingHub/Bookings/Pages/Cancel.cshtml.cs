using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// Asks once more before one place, one date of an order, or all of it, is cancelled, and says to the penny what stays due and what
/// comes back. The form carries that sum: when another stays due by then, nothing is done and the new one is shown. Of several dates
/// those that have begun are left out.
/// </summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class CancelModel(OpenBooking bookings, CancelBooking cancel, TrainingHubDb db, TimeProvider clock) : PageModel
{
    // No sum that could be due: whoever sends none has seen none.
    private const int Unseen = -1;

    [BindProperty(SupportsGet = true)]
    public Guid? Place { get; set; }

    /// <summary>The id of a course date.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Date { get; set; }

    public Booking? Booking { get; private set; }

    /// <summary>With the places that would be cancelled.</summary>
    public BookingSummary Summary { get; private set; } = null!;

    /// <summary>Whether this ends the booking: all of it was asked for, or its last place.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>What stays due and comes back if it is cancelled now.</summary>
    public CancelSums Sums { get; private set; } = null!;

    public string? Money => CancelMoneyWords.Of(Sums, Summary, Booking!.State);

    /// <summary>Each place with its sums: when there are several, and they have a price.</summary>
    public bool ShowsEach => Summary.PlaceCount > 1 && Sums.DuePence > 0 && Summary.IsTakenHere;

    /// <summary>The policy on the first date, as it was accepted; empty when none was, or nothing is certain yet.</summary>
    public IReadOnlyList<string> Policy { get; private set; } = [];

    public string Question => (IsWhole, Place) switch
    {
        (true, _) when Booking!.State == BookingState.Held => Summary.PlaceCount == 1 ? "Give the place up?" : "Give the places up?",
        (true, _) => "Cancel the whole booking?",
        (false, not null) => $"Cancel the place of {Summary.Names[0]}?",
        (false, null) => Summary.Dates.Count == 1 ? "Cancel this date?" : "Cancel every date to come?",
    };

    public string Act => (IsWhole, Place) switch
    {
        (true, _) when Booking!.State == BookingState.Held => Summary.PlaceCount == 1 ? "Give the place up" : "Give the places up",
        (true, _) => "Cancel the booking",
        (false, not null) => "Cancel this place",
        (false, null) => Summary.Dates.Count == 1 ? "Cancel this date" : "Cancel these dates",
    };

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        Booking = await bookings.FindAsync(HttpContext, reference, ct);
        if (Booking is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var live = await db.Places.AsNoTracking()
            .Where(one => one.BookingId == Booking.Id && db.LivePlaces.Any(live => live.Id == one.Id))
            .OrderBy(one => one.Id)
            .ToListAsync(ct);
        var meant = live.Where(one => (Place is null || one.Id == Place) && (Date is null || one.RunId == Date)).ToList();
        if (meant.Count == 0)
        {
            return Redirect(BookingUrls.Manage(Booking.Reference));
        }

        var runs = await BookingSummaries.RunsAsync(db, meant.Select(one => one.RunId), ct);
        var toCome = runs.Where(run => run.StartsAt > clock.GetUtcNow()).Select(run => run.Id).ToHashSet();
        var ending = toCome.Count > 0 ? meant.Where(one => toCome.Contains(one.RunId)).ToList() : meant;
        Summary = await BookingSummaries.ReadAsync(db, Booking, ending, ct);
        IsWhole = ending.Count == live.Count;
        var now = clock.GetUtcNow();
        Sums = await CancelSums.ReadAsync(db, Booking, ending, now, ct);
        if (Sums.Policy is { } policy && Booking.State == BookingState.Confirmed && !Sums.IsMovedByUs)
        {
            Policy = await BookingPolicy.LinesAsync(db, Booking, policy, ending, now, ct);
        }

        return Page();
    }

    /// <param name="reference"></param>
    /// <param name="due">In pence, what was shown as staying due.</param>
    /// <param name="ct"></param>
    public async Task<IActionResult> OnPostAsync(string reference, int? due, CancellationToken ct)
    {
        var booking = await bookings.FindAsync(HttpContext, reference, ct);
        if (booking is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var result = (Place, Date) switch
        {
            ({ } place, _) => await cancel.RunAsync(booking.Id, place, ct, due ?? Unseen),
            (null, { } date) => await cancel.DateAsync(booking.Id, date, ct, due ?? Unseen),
            (null, null) => await cancel.RunAsync(booking.Id, ct, due ?? Unseen),
        };
        if (result == CancelResult.SumChanged)
        {
            TempData["Notice"] = "Nothing is cancelled yet: another sum stays due by now. Look at it again.";
            return Redirect($"{Request.Path}{Request.QueryString}");
        }

        TempData["Success"] = result switch
        {
            CancelResult.Cancelled => "Cancelled. We have sent an email about it.",
            CancelResult.NothingToCancel => "It was cancelled before.",
            CancelResult.RunStarted => "The course has begun, so nothing can be cancelled here. Contact the training team.",
            CancelResult.SumChanged => throw new InvalidOperationException("Shown again before."),
        };
        return Redirect(BookingUrls.Manage(booking.Reference));
    }
}
