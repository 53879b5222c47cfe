using Microsoft.AspNetCore.Mvc;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Writing to everybody on one date.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class MessageModel(TrainingHubDb db, SendMessage send, EmailRenderer renderer, LinksInEmail links, TimeProvider clock)
    : MessageFormPage(db, send, renderer, links, clock)
{
    public async Task<IActionResult> OnGetAsync(Guid run, MessageAudience? to, CancellationToken ct)
    {
        await ReadDatesAsync([run], ct);
        Form = new() { Key = Guid.CreateVersion7(), To = to ?? MessageAudience.Delegates };
        return Dates.Count == 0 ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid run, CancellationToken ct)
    {
        await ReadDatesAsync([run], ct);
        return Dates.Count == 0 ? NotFound() : await PreviewAsync(ct);
    }

    public async Task<IActionResult> OnPostSendAsync(Guid run, CancellationToken ct)
    {
        await ReadDatesAsync([run], ct);
        return Dates.Count == 0 ? NotFound() : await SendAsync(ct);
    }
}
