using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages;

/// <summary>
/// An invoice or credit note as a page to print, for the booker and for whoever was sent it: as it was issued, with what became of it
/// below. Where a booking has several and none is asked for, their list.
/// </summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
[EnableRateLimiting(RateLimits.Forms)]
internal sealed class InvoiceModel(
    PrivateBooking bookings, TrainingHubDb db, StartInvoicePayment start, AddPurchaseOrder addOrder, DocumentFiles files,
    IOptions<InvoiceOptions> options, IOptions<CardPaymentOptions> cards) : PageModel
{
    [BindProperty]
    [Display(Name = "Your purchase order", Description = "Exactly as you write it. It then stands on this invoice.")]
    [StringLength(Booking.PurchaseOrderLength)]
    public string? PurchaseOrder { get; set; }

    /// <summary>Back from the payment page without paying.</summary>
    [FromQuery(Name = "left")]
    public bool Left { get; set; }

    public PaidBooking Found { get; private set; } = null!;

    /// <summary>Of the booking, the oldest first; none for the moments until the first is issued.</summary>
    public IReadOnlyList<InvoicePaper> Invoices { get; private set; } = [];

    /// <summary>The one that is shown; null is the list, or nothing yet.</summary>
    public InvoicePaper? Shown { get; private set; }

    /// <summary>The credit note of it that is shown; null is the invoice.</summary>
    public CreditPaper? Credit { get; private set; }

    /// <summary>Something of the invoice that is shown is open, nothing stands for it, and it is the invoice itself.</summary>
    public bool IsOpen => Shown is { ReplacedBy: null, Money.OpenPence: > 0 } && Credit is null;
    public bool CanPayByCard => IsOpen && cards.Value.AreOffered && !IsWithBank;

    /// <summary>A payment is under way with the bank.</summary>
    public bool IsWithBank { get; private set; }

    public string HowToPay => options.Value.HowToPay;

    public async Task<IActionResult> OnGetAsync(string reference, string? number, CancellationToken ct) => await LeadAwayAsync(reference, number, ct) ?? Page();

    /// <summary>A form of this page names what it does.</summary>
    public IActionResult OnPost() => NotFound();

    public async Task<IActionResult> OnPostPayAsync(string reference, string number, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, number, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        Left = false;
        if (Shown is not { } paper || Credit is not null)
        {
            return NotFound();
        }

        var outcome = await start.RunAsync(paper.Invoice.Id, ct);
        if (outcome is { Result: StartPaymentResult.Pay, Url: { } url })
        {
            Response.Headers.Location = url.AbsoluteUri;
            return StatusCode(StatusCodes.Status303SeeOther);
        }

        if (outcome.Result != StartPaymentResult.Unavailable)
        {
            return LocalRedirect("~" + PaymentUrls.Document(Found.Booking.Reference, paper.Invoice.NumberWords));
        }

        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        ModelState.AddModelError("", "We cannot reach our payment service just now. You have not been charged. Try again in a minute.");
        return Page();
    }

    public async Task<IActionResult> OnPostOrderAsync(string reference, string number, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, number, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!IsOpen || Shown is not { } paper)
        {
            return NotFound();
        }

        if (PurchaseOrder is null && ModelState.IsValid)
        {
            ModelState.AddModelError(nameof(PurchaseOrder), "Enter your purchase order");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        await addOrder.RunAsync(paper.Invoice.Id, PurchaseOrder!, by: null, ct);
        TempData["Success"] = "Your purchase order stands on the invoice now.";
        return LocalRedirect("~" + PaymentUrls.Document(Found.Booking.Reference, paper.Invoice.NumberWords));
    }

    /// <returns>Null when there is something to show.</returns>
    private async Task<IActionResult?> LeadAwayAsync(string reference, string? number, CancellationToken ct)
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

        string? ending = null;
        if (number is null)
        {
            Shown = Invoices is [{ Credits.Count: 0 } only] ? only : null;
        }
        else
        {
            (var wanted, ending) = DocumentFiles.Split(number);
            Shown = Invoices.FirstOrDefault(paper => paper.Has(wanted));
            Credit = Shown?.CreditOf(wanted);
        }

        IsWithBank = IsOpen && await db.Payments.AnyAsync(payment => payment.BookingId == found.Booking.Id && payment.State == PaymentState.AwaitingBank, ct);
        return number is not null && Shown is null ? NotFound()
            : Shown is { } shown && ending is not null ? files.Answer(shown, Credit, found.Booking.Reference, ending)
            : null;
    }
}
