using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>One invoice as it was issued, what became of it, and the money that came for it: recorded here, the whole, a part or more.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class StaffInvoiceModel(TrainingHubDb db, RecordInvoicePayment record, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "How did the money come?"), Required(ErrorMessage = "Select how the money came")]
    public DeskWay? Way { get; set; }

    [BindProperty]
    [Display(Name = "Amount", Description = "In pounds, as much as came: a part, or more than is open, is recorded too.")]
    public string? Amount { get; set; }

    [BindProperty]
    [Display(Name = "When was it paid?"), Required(ErrorMessage = "Enter the day on which it was paid")]
    public DateOnly? PaidOn { get; set; }

    [BindProperty]
    [Display(Name = "Reference (optional)", Description = "For example what the bank statement says. No card number.")]
    [StringLength(Payment.DeskReferenceLength)]
    public string? SlipNumber { get; set; }

    /// <summary>What was shown as open, in pence.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public InvoicePaper Paper { get; private set; } = null!;
    public string Reference { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct)
    {
        if (!await FindAsync(number, ct))
        {
            return NotFound();
        }

        (Way, Amount, PaidOn) = (DeskWay.BankTransfer, new Money(Math.Max(0, Paper.Money.OpenPence)).Amount, London.DateOf(clock.GetUtcNow()));
        return Page();
    }

    [Needs(StaffRight.HandleMoney), StepUp]
    public async Task<IActionResult> OnPostAsync(string number, CancellationToken ct)
    {
        if (!await FindAsync(number, ct))
        {
            return NotFound();
        }

        var amount = Amount is null ? null : Money.Parse(Amount);
        if (amount is not { Pence: > 0 })
        {
            ModelState.AddModelError(nameof(Amount), "Enter how much came, such as 55 or 55.00");
        }

        if (PaidOn > London.DateOf(clock.GetUtcNow()))
        {
            ModelState.AddModelError(nameof(PaidOn), "The day must be today or before");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var taken = new DeskPayment(Way!.Value, amount!.Value.Pence, PaidOn!.Value, SlipNumber);
        switch (await record.RunAsync(Paper.Invoice.Id, Seen, taken, User.Actor(), ct))
        {
            case RecordInvoicePaymentResult.Recorded:
                TempData["Success"] = $"{amount} is recorded for {Paper.Invoice.NumberWords}.";
                return Redirect(PaymentUrls.StaffInvoice(Paper.Invoice.Number));
            case RecordInvoicePaymentResult.Changed:
                ModelState.AddModelError("", "What is open has changed meanwhile. Look at it again");
                ModelState.Remove(nameof(Seen));
                return Page();
            case RecordInvoicePaymentResult.Unavailable:
                Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                ModelState.AddModelError("", "We cannot reach Stripe just now to close a card payment of it, so nothing has changed. Try again in a minute");
                return Page();
        }

        throw new InvalidOperationException("There is no such result.");
    }

    private async Task<bool> FindAsync(string number, CancellationToken ct)
    {
        var found = int.TryParse(number.AsSpan(number.StartsWith("INV-", StringComparison.OrdinalIgnoreCase) ? 4 : 0), System.Globalization.CultureInfo.InvariantCulture, out var typed)
            ? await db.Invoices.Where(invoice => invoice.Number == typed).Select(invoice => new { invoice.Id, invoice.BookingId }).FirstOrDefaultAsync(ct) : null;
        if (found is null)
        {
            return false;
        }

        Paper = (await InvoicePaper.OfBookingAsync(db, found.BookingId, ct)).First(paper => paper.Invoice.Id == found.Id);
        Reference = await db.Bookings.Where(booking => booking.Id == found.BookingId).Select(booking => booking.Reference).SingleAsync(ct);
        return true;
    }
}
