using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Calendar;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>The date of a booking as a calendar file; a cancelled booking strikes it through.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class CalendarModel(OpenBooking bookings, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (await bookings.FindAsync(HttpContext, reference, ct) is not { } booking)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var run = await bookings.RunAsync(await bookings.PlacesAsync(booking, ct), ct);
        var isOver = booking.State is BookingState.Cancelled or BookingState.Expired || run.State == RunState.Cancelled;
        var entry = new CalendarEvent(
            $"{booking.Id}@{site.Value.PublicUrl.Host}",
            run.ChangeNumber + (isOver ? 1 : 0),
            run.Course,
            run.StartsAt,
            run.EndsAt,
            run.Where,
            $"Booking reference {booking.Reference}. To change it, use the link in your email.",
            site.Value.Absolute(CatalogueUrls.Date(run.Id)),
            isOver);
        var file = CalendarFile.Write(run.Course, [entry], clock.GetUtcNow());
        return File(Encoding.UTF8.GetBytes(file), CalendarFile.ContentType, $"booking-{booking.Reference}.ics");
    }
}
