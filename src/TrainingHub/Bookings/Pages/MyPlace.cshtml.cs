using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Calendar;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>One delegate's own page of a place: when and where, how to join, the calendar file, and "I cannot come".</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class MyPlaceModel(TrainingHubDb db, PrivateAccess access, CancelBooking cancel, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    /// <summary>Null when this browser may not see it, or the place is somebody else's by now.</summary>
    public Place? Place { get; private set; }
    public DateLine Date { get; private set; } = null!;
    public string BookedBy { get; private set; } = "";
    public string? JoiningLink { get; private set; }

    public bool IsComing => Place is { State: PlaceState.Confirmed } && Date.State == RunState.Scheduled;

    public bool HasBegun => Date.StartsAt <= clock.GetUtcNow();

    public Task<IActionResult> OnGetAsync(Guid place, CancellationToken ct) => ShowAsync(place, ct);

    public async Task<IActionResult> OnGetCalendarAsync(Guid place, CancellationToken ct)
    {
        var page = await ShowAsync(place, ct);
        if (Place is null)
        {
            return page;
        }

        var entry = new CalendarEvent(
            $"{Place.Id}@{site.Value.PublicUrl.Host}", Date.ChangeNumber + (IsComing ? 0 : 1), Date.Course, Date.StartsAt, Date.EndsAt,
            JoiningLink ?? Date.WhereForBooker(), JoiningLink is null ? null : $"Join: {JoiningLink}", site.Value.Absolute(CatalogueUrls.Date(Date.Id)), !IsComing);
        var file = CalendarFile.Write(name: null, MeetingEvents.Of(entry, Date), clock.GetUtcNow());
        return File(Encoding.UTF8.GetBytes(file), CalendarFile.ContentType, $"{Date.Slug}.ics");
    }

    /// <summary>Gives the place up, as the booker can, and tells the booker.</summary>
    public async Task<IActionResult> OnPostCannotComeAsync(Guid place, CancellationToken ct)
    {
        var page = await ShowAsync(place, ct);
        if (Place is null)
        {
            return page;
        }

        TempData["Success"] = await cancel.GiveUpAsync(Place, ct) switch
        {
            CancelResult.Cancelled => $"Thank you for telling us. The place is free for somebody else, and {(BookedBy.Length > 0 ? BookedBy : "the person who booked")} has an email about it.",
            CancelResult.NothingToCancel => "The place was given up before.",
            CancelResult.RunStarted => "The course has begun, so nothing can be changed here.",
        };
        return Redirect(BookingUrls.DelegatePage(place));
    }

    private async Task<IActionResult> ShowAsync(Guid id, CancellationToken ct)
    {
        var place = await db.Places.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, ct);
        if (place?.PersonId is not { } person
            || !access.IsGranted(HttpContext, DelegateLink.Purpose, DelegateLink.SubjectOf(id, person))
            || await BookingSummaries.RunAsync(db, place.RunId, ct) is not { } date)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        (Place, Date) = (place, date);
        BookedBy = await db.Bookings.Where(one => one.Id == place.BookingId).Select(one => one.BookerName).FirstOrDefaultAsync(ct) ?? "";
        JoiningLink = IsComing ? await db.CourseRuns.Where(run => run.Id == place.RunId).Select(run => run.JoiningLink).FirstOrDefaultAsync(ct) : null;
        return Page();
    }
}
