using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;

namespace TrainingHub.Payments.Pages;

/// <summary>
/// An invoice or credit note as a page to print, for the booker and for whoever was sent it: as it was issued, with what became of it
/// below. Where a booking has several and none is asked for, their list.
/// </summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class InvoiceModel(PrivateBooking bookings, TrainingHubDb db, IOptions<InvoiceOptions> options) : PageModel
{
    public PaidBooking Found { get; private set; } = null!;

    /// <summary>Of the booking, the oldest first; none for the moments until the first is issued.</summary>
    public IReadOnlyList<InvoicePaper> Invoices { get; private set; } = [];

    /// <summary>The one that is shown; null is the list, or nothing yet.</summary>
    public InvoicePaper? Shown { get; private set; }

    /// <summary>The credit note of it that is shown; null is the invoice.</summary>
    public CreditPaper? Credit { get; private set; }

    public string HowToPay => options.Value.HowToPay;

    public async Task<IActionResult> OnGetAsync(string reference, string? number, CancellationToken ct)
    {
        if (await bookings.FindForInvoiceAsync(HttpContext, reference, ct) is not { } found)
        {
            return LocalRedirect("~" + BookingUrls.Manage(reference));
        }

        (Found, Invoices) = (found, await InvoicePaper.OfBookingAsync(db, found.Booking.Id, ct));
        if (Invoices.Count == 0 && !Booking.InvoicedForCharges.Contains(found.Booking.PaymentMethod))
        {
            return LocalRedirect("~" + BookingUrls.Manage(reference));
        }

        if (number is null)
        {
            Shown = Invoices is [{ Credits.Count: 0 } only] ? only : null;
            return Page();
        }

        Shown = Invoices.FirstOrDefault(paper => paper.Invoice.NumberWords == number || paper.Credits.Any(credit => credit.Note.NumberWords == number));
        Credit = Shown?.Credits.FirstOrDefault(credit => credit.Note.NumberWords == number);
        return Shown is null ? NotFound() : Page();
    }
}
