using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>One place to another date of the course at the same price, for whoever has the private link, while the policy allows it.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class MoveModel(OpenBooking bookings, MoveOwnPlace move, TrainingHubDb db, TimeProvider clock) : PageModel
{
    private const int MostDates = 50;

    [BindProperty]
    [Display(Name = "Which date suits?"), Required(ErrorMessage = "Select a date")]
    public Guid? To { get; set; }

    public Booking? Booking { get; private set; }
    public Place Place { get; private set; } = null!;
    public DateLine Was { get; private set; } = null!;
    public DateTimeOffset Now { get; private set; }

    /// <summary>Why it cannot be moved, wherever to; null when it can.</summary>
    public MoveOwnRefusal? WhyNot { get; private set; }

    /// <summary>Until when it may be moved; null when the booking accepted no policy.</summary>
    public DateTimeOffset? Until { get; private set; }
    public int MovesLeft { get; private set; }

    /// <summary>Dates with room at the same price, in the order in which they begin.</summary>
    public IReadOnlyList<DateLine> Others { get; private set; } = [];

    /// <summary>Dates with room that cost something else.</summary>
    public IReadOnlyList<DateLine> OtherPrices { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string reference, Guid place, CancellationToken ct) => ShowAsync(reference, place, ct);

    public async Task<IActionResult> OnPostAsync(string reference, Guid place, CancellationToken ct)
    {
        var page = await ShowAsync(reference, place, ct);
        if (page is not PageResult || Booking is null || WhyNot is not null || !ModelState.IsValid || To is not { } to)
        {
            return page;
        }

        switch (await move.RunAsync(Booking.Id, place, to, ct))
        {
            case null:
                TempData["Success"] = $"The place of {Place.DelegateName} has moved to the date that you chose. We have sent an email about it.";
                return Redirect(BookingUrls.Manage(Booking.Reference));
            case MoveOwnRefusal.Full:
                ModelState.AddModelError(nameof(To), "That date has filled up meanwhile. Select another");
                return await ShowAsync(reference, place, ct);
            case MoveOwnRefusal.AlreadyThere:
                ModelState.AddModelError(nameof(To), $"{Place.DelegateName} has a place on that date already. Select another");
                return page;
            case MoveOwnRefusal.NotOffered:
                ModelState.AddModelError(nameof(To), "That date cannot be chosen any more. Select another");
                return await ShowAsync(reference, place, ct);
            case MoveOwnRefusal.NotALivePlace or MoveOwnRefusal.NotConfirmed or MoveOwnRefusal.TooLate or MoveOwnRefusal.MovedBefore:
                return Redirect($"{Request.Path}{Request.QueryString}");
            default:
                throw new InvalidOperationException("Unknown result.");
        }
    }

    private async Task<IActionResult> ShowAsync(string reference, Guid placeId, CancellationToken ct)
    {
        Booking = await bookings.FindAsync(HttpContext, reference, ct);
        if (Booking is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var now = Now = clock.GetUtcNow();
        if (await db.Places.AsNoTracking().FirstOrDefaultAsync(one => one.Id == placeId && one.BookingId == Booking.Id, ct) is not { IsLive: true } place)
        {
            return Redirect(BookingUrls.Manage(Booking.Reference));
        }

        var policy = await CancelSums.PolicyOfAsync(db, Booking, ct);
        (Place, Was) = (place, (await BookingSummaries.RunsForAsync(db, Booking, [place.RunId], ct))[0]);
        WhyNot = MoveOwnPlace.WhyNot(Booking, place, Was.StartsAt, policy, now);
        Until = policy is null ? null : CancellationTerms.Of(policy, Was.StartsAt).MoveUntil;
        MovesLeft = (policy?.MostMoves ?? 1) - place.Moves;
        var open = await DateLines.Bookable(db, now, places: 1, Booking.SectorId)
            .Where(run => run.CourseId == Was.CourseId && run.Id != Was.Id)
            .OrderBy(run => run.StartsAt).ThenBy(run => run.Id).Take(MostDates).Select(run => run.Id).ToListAsync(ct);
        var dates = await BookingSummaries.RunsForAsync(db, Booking, open, ct);
        Others = [.. dates.Where(date => MoveOwnPlace.CostsTheSame(Booking, place, date))];
        OtherPrices = [.. dates.Except(Others).Where(date => date.Price is not null)];
        return Page();
    }
}
