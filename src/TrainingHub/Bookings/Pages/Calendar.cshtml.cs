using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Calendar;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>The dates of a booking as a calendar file, an event each. One that is cancelled is struck through, and no other with it.</summary>
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

        var places = await bookings.PlacesAsync(booking, ct);
        var runs = await bookings.RunsAsync(places, ct);
        var file = CalendarFile.Write(name: null, runs.SelectMany(run => MeetingEvents.Of(EventOf(booking, run, places), run)), clock.GetUtcNow());
        return File(Encoding.UTF8.GetBytes(file), CalendarFile.ContentType, $"booking-{booking.Reference}.ics");
    }

    private CalendarEvent EventOf(Booking booking, DateLine run, List<BookedPlace> places)
    {
        var here = places.FindAll(place => place.RunId == run.Id);
        var isOver = run.State == RunState.Cancelled || !here.Exists(place => place.IsLive);
        // The date that was booked first bears the booking's own id, as when an order had one date: that event is in calendars already.
        var id = places[0].RunId == run.Id ? $"{booking.Id}" : $"{booking.Id}-{run.Id}";
        return new(
            $"{id}@{site.Value.PublicUrl.Host}",
            run.ChangeNumber + here.Max(place => place.CalendarNumber) + (isOver ? 1 : 0),
            run.Course,
            run.StartsAt,
            run.EndsAt,
            run.WhereForBooker(),
            $"Booking reference {booking.Reference}. To change it, use the link in your email.",
            site.Value.Absolute(CatalogueUrls.Date(run.Id)),
            isOver);
    }
}
