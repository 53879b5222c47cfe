using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;
using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Writing to the people of the bookings that were ticked in the list, on the dates on which they have a place.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class MessageBookingsModel(TrainingHubDb db, SendMessage send, EmailRenderer renderer, LinksInEmail links, TimeProvider clock)
    : MessageFormPage(db, send, renderer, links, clock)
{
    [BindProperty(SupportsGet = true, Name = TickTagHelper.Parameter)]
    public List<Guid> Ticked { get; set; } = [];

    /// <summary>Of the ticked bookings, in the order of booking: those with a place on a date.</summary>
    public IReadOnlyList<string> References { get; private set; } = [];

    /// <summary>So many of the ticked ones have none any more.</summary>
    public int WithoutPlace { get; private set; }

    public override IReadOnlyList<Guid> Only => Ticked;

    public async Task OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        Form = new() { Key = Guid.CreateVersion7(), To = MessageAudience.Bookers };
        await ListAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) => await ListAsync(ct) ? await PreviewAsync(ct) : Page();

    public async Task<IActionResult> OnPostSendAsync(CancellationToken ct) => await ListAsync(ct) ? await SendAsync(ct) : Page();

    /// <returns>Whether there is somebody to write to.</returns>
    private async Task<bool> ListAsync(CancellationToken ct)
    {
        Ticked = [.. Ticked.Distinct().Take(TickedPage.Most)];
        var bookings = await Db.Bookings
            .Where(booking => Ticked.Contains(booking.Id) && Db.LivePlaces.Any(place => place.BookingId == booking.Id))
            .OrderBy(booking => booking.CreatedAt).ThenBy(booking => booking.Id)
            .Select(booking => new { booking.Id, booking.Reference }).ToListAsync(ct);
        WithoutPlace = Ticked.Count - bookings.Count;
        Ticked = bookings.ConvertAll(booking => booking.Id);
        References = bookings.ConvertAll(booking => booking.Reference);
        await ReadDatesAsync(await Db.LivePlaces.Where(place => Ticked.Contains(place.BookingId)).Select(place => place.RunId).Distinct().ToListAsync(ct), ct);
        return Dates.Count > 0;
    }
}
