using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;

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

    /// <summary>What was charged for places when it was issued, with whose they were, beside the prices.</summary>
    public IReadOnlyList<InvoiceCharge> Charges { get; private set; } = [];

    /// <summary>It asks for another sum than is owed now, and nobody has put it right.</summary>
    public bool HasChanged { get; private set; }

    public string HowToPay => options.Value.HowToPay;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (await bookings.FindForInvoiceAsync(HttpContext, reference, ct) is not { } found || !Booking.InvoicedForCharges.Contains(found.Booking.PaymentMethod))
        {
            return LocalRedirect("~" + BookingUrls.Manage(reference));
        }

        Found = found;
        Invoice = await db.Invoices.AsNoTracking().FirstOrDefaultAsync(invoice => invoice.BookingId == found.Booking.Id, ct);
        if (Invoice is { } issued)
        {
            var places = await db.Places.AsNoTracking().Where(place => place.BookingId == found.Booking.Id).OrderBy(place => place.Id).ToListAsync(ct);
            var invoiced = places.Where(place => (place.EndedAt is null || place.EndedAt > issued.CreatedAt) && place.PricePence > 0).ToList();
            Dates = (await BookingSummaries.ReadAsync(db, found.Booking, invoiced, ct)).Dates;
            var charges = await db.PlaceCharges.AsNoTracking().Where(charge => charge.BookingId == found.Booking.Id && charge.Pence > 0).OrderBy(charge => charge.Id).ToListAsync(ct);
            var due = charges.Where(charge => charge.WasDueAt(issued.CreatedAt)).ToList();
            var runs = await BookingSummaries.RunsAsync(db, places.Select(place => place.RunId), ct);
            Charges = due.ConvertAll(charge =>
            {
                var place = places.First(one => one.Id == charge.PlaceId);
                return new InvoiceCharge(place.DelegateName, ChargeWords.Kind(charge.Kind), runs.First(run => run.Id == place.RunId), charge.Pence);
            });
            HasChanged = !issued.IsRight;
        }

        return Page();
    }
}

/// <summary>A line of an invoice: what is charged for a place that was cancelled or not used.</summary>
internal sealed record InvoiceCharge(string? Name, string What, DateLine Run, int Pence);
