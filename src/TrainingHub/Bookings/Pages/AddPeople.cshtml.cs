using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// Whoever made a booking adds people to it: the journey begins again on the booking's dates that have places, with what was told about the
/// booker and how they pay. It ends in an order of its own that names the first one, so that what was invoiced or paid stays as it is.
/// </summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class AddPeopleModel(OpenBooking bookings, BookingJourney journey, TimeProvider clock) : PageModel
{
    /// <summary>Of the dates of a booking, those to which somebody can be added.</summary>
    public static IEnumerable<DateLine> Open(IEnumerable<ManagedDate> dates, DateTimeOffset now) =>
        dates.Where(date => date.Live.Count > 0).Select(date => date.Run).Where(run => run.IsOpenAt(now) && run.PlacesLeft > 0);

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct) =>
        await bookings.FindAsync(HttpContext, reference, ct) is { } booking ? Redirect(BookingUrls.Manage(booking.Reference)) : Unknown();

    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken ct)
    {
        if (await bookings.FindAsync(HttpContext, reference, ct) is not { } booking)
        {
            return Unknown();
        }

        var now = clock.GetUtcNow();
        var places = await bookings.PlacesAsync(booking, ct);
        var dates = (await bookings.RunsAsync(places, ct)).Select(run => ManagedDate.Of(booking, run, places, null, now));
        var open = Open(dates, now).Where(run => run.LeftFor(booking.SectorId, now) > 0).ToList();
        if (open.Count == 0 || booking is not { State: BookingState.Confirmed, BookerEmail: not null } || await journey.FindAsync(HttpContext, open[0].Id, ct) is not { } state)
        {
            TempData["Notice"] = "No date of this booking has a place left, so nobody can be added. Look at the other dates of the course.";
            return Redirect(BookingUrls.Manage(booking.Reference));
        }

        // Who has begun to add people, or to book the same date, finds what they typed.
        var answers = state.Answers ?? new();
        answers.AddedToId = booking.Id;
        answers.Dates = [.. open.Select(run => run.Id)];
        (answers.BookerName, answers.BookerEmail, answers.Organisation) = (booking.BookerName, booking.BookerEmail, booking.OrganisationName);
        (answers.SectorId, answers.AreaId) = (booking.SectorId, booking.AreaId);
        if (booking.PaymentMethod == PaymentMethod.Invoice)
        {
            (answers.Method, answers.InvoiceEmail, answers.PurchaseOrder) = (PaymentMethod.Invoice, booking.InvoiceEmail, booking.PurchaseOrder);
        }

        await journey.SaveAsync(HttpContext, state, answers, ct);
        return Redirect(CatalogueUrls.Book(open[0].Id));
    }

    private PageResult Unknown()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
