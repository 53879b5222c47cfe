using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// The link in an email: remembers in this browser what it opens and leads at once to an address without the secret. Changes
/// nothing, since mail scanners open every link.
/// </summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class PrivateLinkModel(NpgsqlDataSource database, TrainingHubDb db, PrivateAccess access, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, string? to, CancellationToken ct)
    {
        var link = await SecretLink.OpenAsync(database, Booking.LinkPurpose, token, clock.GetUtcNow(), ct);
        var id = link?.SubjectId;
        var reference = await db.Bookings.Where(booking => booking.Id == id).Select(booking => booking.Reference).FirstOrDefaultAsync(ct);
        if (link is null || reference is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        return access.Open(HttpContext, Booking.LinkPurpose, link.SubjectId, link.ExpiresAt, to switch
        {
            "receipt" => BookingUrls.Receipt(reference),
            "names" => BookingUrls.Names(reference),
            "payment" => BookingUrls.ChoosePayment(reference),
            "calendar.ics" => BookingUrls.Calendar(reference),
            _ => BookingUrls.Manage(reference),
        });
    }
}
