using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages;

/// <summary>
/// The link to an invoice in an email: leads at once to an address without the secret. It may have gone to a finance office, so it
/// opens the invoice alone, never the booking.
/// </summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OpenInvoiceModel(NpgsqlDataSource database, TrainingHubDb db, PrivateAccess access, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        var link = await SecretLink.OpenAsync(database, WriteDocuments.LinkPurpose, token, clock.GetUtcNow(), ct);
        var id = link?.SubjectId;
        var reference = await db.Bookings.Where(booking => booking.Id == id).Select(booking => booking.Reference).FirstOrDefaultAsync(ct);
        if (link is null || reference is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        return access.Open(HttpContext, WriteDocuments.LinkPurpose, link.SubjectId, link.ExpiresAt, BookingUrls.Invoice(reference));
    }
}
