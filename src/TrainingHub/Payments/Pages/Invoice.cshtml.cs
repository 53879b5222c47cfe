using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;

namespace TrainingHub.Payments.Pages;

/// <summary>The invoice as a page to print, for the booker and for whoever was sent it.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class InvoiceModel(PrivateBooking bookings, TrainingHubDb db, IOptions<InvoiceOptions> options) : PageModel
{
    public PaidBooking Found { get; private set; } = null!;

    /// <summary>Null for the moments until it is issued.</summary>
    public Invoice? Invoice { get; private set; }

    /// <summary>The places that were invoiced, by date, whatever became of them since.</summary>
    public IReadOnlyList<BookedDate> Dates { get; private set; } = [];

    /// <summary>It asks for another sum than is owed now, and nobody has put it right.</summary>
    public bool HasChanged { get; private set; }

    public string HowToPay => options.Value.HowToPay;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (await bookings.FindForInvoiceAsync(HttpContext, reference, ct) is not { Booking.PaymentMethod: PaymentMethod.Invoice } found)
        {
            return LocalRedirect("~" + BookingUrls.Manage(reference));
        }

        Found = found;
        Invoice = await db.Invoices.AsNoTracking().FirstOrDefaultAsync(invoice => invoice.BookingId == found.Booking.Id, ct);
        if (Invoice is { } issued)
        {
            var places = await db.Places.AsNoTracking().Where(place => place.BookingId == found.Booking.Id).OrderBy(place => place.Id).ToListAsync(ct);
            var invoiced = places.Where(place => place.EndedAt is null || place.EndedAt > issued.CreatedAt).ToList();
            Dates = (await BookingSummaries.ReadAsync(db, found.Booking, invoiced, ct)).Dates;
            HasChanged = !issued.IsRight;
        }

        return Page();
    }
}
