using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages;

/// <summary>
/// The link to an invoice or a receipt in an email: leads at once to an address without the secret. A link that went to a finance
/// office opens the invoice alone, never the booking.
/// </summary>
[EnableRateLimiting(RateLimits.Tokens)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OpenPaperModel(TrainingHubDb db, PrivateAccess access, TimeProvider time) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, string paper, CancellationToken ct)
    {
        var purpose = paper == "invoice" ? IssueInvoices.LinkPurpose : Booking.LinkPurpose;
        var id = await SecretLink.FindAsync(db, purpose, token, time.GetUtcNow(), ct);
        var reference = await db.Bookings.Where(booking => booking.Id == id).Select(booking => booking.Reference).FirstOrDefaultAsync(ct);
        if (id is not { } bookingId || reference is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        access.Grant(HttpContext, purpose, bookingId);
        return LocalRedirect("~" + (paper == "invoice" ? PaymentUrls.Invoice(reference) : PaymentUrls.Receipt(reference)));
    }
}
