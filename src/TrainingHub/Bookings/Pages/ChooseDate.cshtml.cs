using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Another date of the course in place of one that the partnership cancelled or moved, for whoever has the private link.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ChooseDateModel(OpenBooking bookings, ChooseDate choose, TrainingHubDb db, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Which date suits?"), Required(ErrorMessage = "Select a date")]
    public Guid? To { get; set; }

    public Booking? Booking { get; private set; }
    public DateLine Was { get; private set; } = null!;
    public IReadOnlyList<string> Names { get; private set; } = [];

    public DateTimeOffset Now { get; private set; }

    /// <summary>Dates with room for all of them, in the order in which they begin.</summary>
    public IReadOnlyList<DateLine> Others { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string reference, Guid date, CancellationToken ct) => ShowAsync(reference, date, ct);

    public async Task<IActionResult> OnPostAsync(string reference, Guid date, CancellationToken ct)
    {
        var page = await ShowAsync(reference, date, ct);
        if (page is not PageResult || Booking is null || !ModelState.IsValid || To is not { } to)
        {
            return page;
        }

        switch (await choose.RunAsync(Booking.Id, date, to, ct))
        {
            case ChooseDateResult.Moved:
                TempData["Success"] = "Your booking has moved to the date that you chose. We have sent an email to everybody who is booked.";
                return Redirect(BookingUrls.Manage(Booking.Reference));
            case ChooseDateResult.Full:
                ModelState.AddModelError(nameof(To), "That date has filled up meanwhile. Select another");
                return await ShowAsync(reference, date, ct);
            case ChooseDateResult.AlreadyThere:
                ModelState.AddModelError(nameof(To), "One of you has a place on that date already. Select another");
                return page;
            case ChooseDateResult.NotOffered:
                return Redirect(BookingUrls.Manage(Booking.Reference));
            default:
                throw new InvalidOperationException("Unknown result.");
        }
    }

    private async Task<IActionResult> ShowAsync(string reference, Guid date, CancellationToken ct)
    {
        Booking = await bookings.FindAsync(HttpContext, reference, ct);
        if (Booking is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var now = Now = clock.GetUtcNow();
        var places = await ChooseDate.Offered(db, Booking.Id, now).Where(place => place.RunId == date).OrderBy(place => place.Id).ToListAsync(ct);
        if (places.Count == 0 || await BookingSummaries.RunAsync(db, date, ct) is not { } was)
        {
            TempData["Notice"] = "Another date can no longer be chosen for this booking.";
            return Redirect(BookingUrls.Manage(Booking.Reference));
        }

        (Was, Names) = (was, [.. places.Select(place => place.DelegateName ?? (place.AwaitsName ? "Somebody not named yet" : "Name not kept"))]);
        Others = await DateLines.Of(db, DateLines.Bookable(db, now, places.Count, Booking.SectorId)
                .Where(run => run.CourseId == was.CourseId && run.Id != date))
            .OrderBy(run => run.StartsAt).ThenBy(run => run.Id).ToListAsync(ct);
        return Page();
    }
}
