using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

internal enum PaidBy
{
    Invoice,
    Desk,
}

/// <summary>Staff take the payment of a held booking over: by invoice, or as paid at the desk.</summary>
[ForStaff(StaffRight.RunBookings, StaffRight.HandleMoney)]
internal sealed class TakeOverPaymentModel(
    TrainingHubDb db, SwitchToInvoice change, ChoosePayment choose, RecordDeskPayment record, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "How is it paid?"), Required(ErrorMessage = "Select how it is paid")]
    public PaidBy? By { get; set; }

    [BindProperty]
    public InvoiceForm Form { get; set; } = new();

    [BindProperty]
    [Display(Name = "How did the money come?")]
    public DeskWay? Way { get; set; }

    [BindProperty]
    [Display(Name = "Amount", Description = "In pounds. The whole sum that is due.")]
    public string? Amount { get; set; }

    [BindProperty]
    [Display(Name = "When was it paid?")]
    public DateOnly? PaidOn { get; set; }

    [BindProperty]
    [Display(Name = "Reference (optional)", Description = "For example the number of the slip, or what the bank statement says. No card number.")]
    [StringLength(Payment.DeskReferenceLength)]
    public string? SlipNumber { get; set; }

    public Booking Booking { get; private set; } = null!;

    /// <summary>Otherwise a free place was declined, and the price of today applies.</summary>
    public bool IsByCard => Booking.PaymentMethod == PaymentMethod.Card;

    public Money Due { get; private set; }

    /// <summary>For staff to use or not: whoever booked may not work there.</summary>
    public InvoicingOf? Invoicing { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        (Form.InvoiceEmail, Amount, PaidOn) = (Booking.InvoiceEmail ?? Booking.BookerEmail, Due.Amount, London.DateOf(clock.GetUtcNow()));
        return Page();
    }

    [StepUp]
    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        return By switch
        {
            PaidBy.Invoice => await ByInvoiceAsync(ct),
            PaidBy.Desk when IsByCard => await AtDeskAsync(ct),
            PaidBy.Desk or null => Page(),
        };
    }

    private async Task<IActionResult> ByInvoiceAsync(CancellationToken ct)
    {
        foreach (var field in new[] { nameof(Way), nameof(Amount), nameof(PaidOn), nameof(SlipNumber) })
        {
            Forget(field);
        }

        this.CheckAddress("Form.InvoiceEmail", Form.InvoiceEmail, InvoiceForm.NoInvoiceEmail);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (!IsByCard)
        {
            return await choose.ByInvoiceAsync(Booking.Id, Form.InvoiceEmail!, Form.PurchaseOrder, ct, User.Actor()) == ChoosePaymentResult.TooLate
                ? TooLate() : Done($"The booking is paid by invoice, which goes to {Form.InvoiceEmail}.");
        }

        return await change.RunAsync(Booking.Id, Form.InvoiceEmail!, Form.PurchaseOrder, ct, User.Actor()) switch
        {
            SwitchToInvoiceResult.Switched => Done($"The booking is paid by invoice, which goes to {Form.InvoiceEmail}."),
            SwitchToInvoiceResult.PaidByCard => Done("The card payment went through after all, so there is nothing to invoice."),
            SwitchToInvoiceResult.NotPossible => TooLate(),
            SwitchToInvoiceResult.Unavailable => Unavailable(),
        };
    }

    private async Task<IActionResult> AtDeskAsync(CancellationToken ct)
    {
        Forget("Form.InvoiceEmail");
        Forget("Form.PurchaseOrder");
        var amount = Amount is null ? null : Money.Parse(Amount);
        if (Way is null)
        {
            ModelState.AddModelError(nameof(Way), "Select how the money came");
        }

        if (amount != Due)
        {
            ModelState.AddModelError(nameof(Amount), $"Enter the whole sum, {Due.Amount}. If less was paid, change to an invoice");
        }

        if (PaidOn > London.DateOf(clock.GetUtcNow()))
        {
            ModelState.AddModelError(nameof(PaidOn), "The day must be today or before");
        }
        else if (PaidOn is null && ModelState.GetFieldValidationState(nameof(PaidOn)) != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
        {
            ModelState.AddModelError(nameof(PaidOn), "Enter the day on which it was paid");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var taken = new DeskPayment(Way!.Value, Due.Pence, PaidOn!.Value, SlipNumber);
        return await record.RunAsync(Booking.Id, taken, User.Actor(), ct) switch
        {
            RecordDeskPaymentResult.Recorded or RecordDeskPaymentResult.RecordedBefore => Done($"{Due} is recorded as paid. The booker has a receipt."),
            RecordDeskPaymentResult.PaidByCard => Done("The card payment went through after all. Pay back what you took."),
            RecordDeskPaymentResult.NotPossible => TooLate(),
            RecordDeskPaymentResult.AmountDiffers => Refuse("What is due has changed meanwhile. Look at it again"),
            RecordDeskPaymentResult.Unavailable => Unavailable(),
        };
    }

    private void Forget(string field)
    {
        ModelState.ClearValidationState(field);
        ModelState.MarkFieldSkipped(field);
    }

    private PageResult Unavailable()
    {
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Refuse("We cannot reach Stripe just now to close the card payment, so nothing has changed. Try again in a minute");
    }

    private PageResult Refuse(string why)
    {
        ModelState.AddModelError("", why);
        return Page();
    }

    private RedirectResult TooLate()
    {
        TempData["Notice"] = "Nothing was changed: the places are not held any more, or a bank transfer is under way.";
        return Redirect(BookingUrls.StaffBooking(Booking.Reference));
    }

    private RedirectResult Done(string notice)
    {
        TempData["Success"] = notice;
        return Redirect(BookingUrls.StaffBooking(Booking.Reference));
    }

    private async Task<IActionResult?> LeadAwayAsync(string reference, CancellationToken ct)
    {
        var wanted = Reference.Normalise(reference);
        if (await db.Bookings.AsNoTracking().FirstOrDefaultAsync(booking => booking.Reference == wanted, ct) is not { } found)
        {
            return NotFound();
        }

        Booking = found;
        if (found.IsInvoiced)
        {
            return Redirect(await db.Invoices.Where(invoice => invoice.BookingId == found.Id && !invoice.IsSettled).OrderBy(invoice => invoice.Number)
                .Select(invoice => (int?)invoice.Number).FirstOrDefaultAsync(ct) is { } number ? PaymentUrls.StaffInvoice(number) : BookingUrls.StaffBooking(found.Reference));
        }

        if (!TakeOver.IsPossible(found, clock.GetUtcNow()))
        {
            TempData["Notice"] = "There is no payment here that could be taken over.";
            return Redirect(BookingUrls.StaffBooking(found.Reference));
        }

        Invoicing = await InvoicingOf.FindAsync(db, found.OrganisationId, ct);
        var places = await db.Places.AsNoTracking().Where(place => place.BookingId == found.Id && db.LivePlaces.Any(live => live.Id == place.Id)).ToListAsync(ct);
        var runs = IsByCard ? [] : await BookingSummaries.RunsForAsync(db, found, places.Select(place => place.RunId), ct);
        Due = new(places.Sum(place => IsByCard ? place.PricePence : runs.First(run => run.Id == place.RunId).Price?.Each.Pence ?? 0));
        return null;
    }
}
