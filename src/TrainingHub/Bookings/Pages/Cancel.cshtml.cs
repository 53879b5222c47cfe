using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Asks once more before one place, or the whole booking, is cancelled, and says what that means for the money.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class CancelModel(OpenBooking bookings, CancelBooking cancel, TrainingHubDb db) : PageModel
{
    public Booking? Booking { get; private set; }
    public BookingSummary Summary { get; private set; } = null!;

    /// <summary>Whether this ends the booking: all of it was asked for, or its last place.</summary>
    public bool IsWhole { get; private set; }

    public string? Money => BookingEmails.MoneyBack(Summary, Booking!.State);

    public async Task<IActionResult> OnGetAsync(string reference, Guid? place, CancellationToken ct)
    {
        Booking = await bookings.FindAsync(HttpContext, reference, ct);
        if (Booking is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var live = await db.Places.AsNoTracking()
            .Where(one => one.BookingId == Booking.Id && (one.State == PlaceState.Held || one.State == PlaceState.Confirmed))
            .OrderBy(one => one.Id)
            .ToListAsync(ct);
        var ending = live.Where(one => place is null || one.Id == place).ToList();
        if (ending.Count == 0)
        {
            return Redirect(BookingUrls.Manage(Booking.Reference));
        }

        Summary = await BookingSummaries.ReadAsync(db, Booking, ending, ct);
        IsWhole = ending.Count == live.Count;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, Guid? place, CancellationToken ct)
    {
        var booking = await bookings.FindAsync(HttpContext, reference, ct);
        if (booking is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var result = place is { } one ? await cancel.RunAsync(booking.Id, one, ct) : await cancel.RunAsync(booking.Id, ct);
        TempData["Success"] = result switch
        {
            CancelResult.Cancelled => "Cancelled. We have sent an email about it.",
            CancelResult.NothingToCancel => "It was cancelled before.",
            CancelResult.RunStarted => "The course has begun, so nothing can be cancelled here. Contact the training team.",
        };
        return Redirect(BookingUrls.Manage(booking.Reference));
    }
}
