using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>An invoice or a credit note as a file, by its number with .pdf or .xml: "CN-00007.pdf".</summary>
[ForStaff(StaffRight.ReadMoney)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class StaffDocumentModel(TrainingHubDb db, DocumentFiles files) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string name, CancellationToken ct)
    {
        var (number, ending) = DocumentFiles.Split(name);
        if (ending is null || await BookingOfAsync(number, ct) is not { } bookingId)
        {
            return NotFound();
        }

        var paper = (await InvoicePaper.OfBookingAsync(db, bookingId, ct)).FirstOrDefault(one => one.Has(number));
        var reference = await db.Bookings.Where(booking => booking.Id == bookingId).Select(booking => booking.Reference).SingleAsync(ct);
        return paper is null ? NotFound() : files.Answer(paper, paper.CreditOf(number), reference, ending);
    }

    private async Task<Guid?> BookingOfAsync(string number, CancellationToken ct)
    {
        if (number.Split('-') is not [var series, var figures] || !int.TryParse(figures, NumberStyles.None, CultureInfo.InvariantCulture, out var counted))
        {
            return null;
        }

        return series == "CN"
            ? await (from note in db.CreditNotes join invoice in db.Invoices on note.InvoiceId equals invoice.Id where note.Number == counted select (Guid?)invoice.BookingId).FirstOrDefaultAsync(ct)
            : await db.Invoices.Where(invoice => invoice.Number == counted).Select(invoice => (Guid?)invoice.BookingId).FirstOrDefaultAsync(ct);
    }
}
