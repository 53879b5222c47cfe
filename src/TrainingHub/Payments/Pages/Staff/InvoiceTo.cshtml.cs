using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

internal enum InvoiceToStep
{
    /// <summary>What was typed is checked, and shown with what it changes.</summary>
    Look,
    Change,
    Make,
}

/// <summary>An invoice is made out to somebody else: whom, then what that changes and who is told, then it is done.</summary>
[ForStaff(StaffRight.HandleMoney)]
internal sealed class InvoiceToModel(TrainingHubDb db, ReissueInvoice reissue) : PageModel
{
    [BindProperty]
    [Display(Name = "Name", Description = "The organisation, or who pays.")]
    [Required(ErrorMessage = "Enter who the invoice is made out to"), StringLength(Invoice.BillingNameLength)]
    public string? Name { get; set; }

    [BindProperty]
    [Display(Name = "Postal address (optional)"), StringLength(Organisation.InvoiceAddressLength)]
    public string? Address { get; set; }

    [BindProperty]
    [Display(Name = "Email address", Description = "Where the invoice goes, and what is issued for this booking from now on.")]
    [DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    [BindProperty]
    [Display(Name = "Purchase order (optional)"), StringLength(Booking.PurchaseOrderLength)]
    public string? PurchaseOrder { get; set; }

    /// <summary>What was shown as left of it after credits, in pence.</summary>
    [BindProperty]
    public int Seen { get; set; }

    [BindProperty]
    public InvoiceToStep Step { get; set; }

    public InvoicePaper Paper { get; private set; } = null!;

    /// <summary>Whether it shows what would happen.</summary>
    public bool IsPreview { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct)
    {
        if (await LeadAwayAsync(number, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var invoice = Paper.Invoice;
        (Name, Address, Email, PurchaseOrder) = (invoice.BillingName, invoice.PostalAddress, invoice.Email, Paper.PurchaseOrder);
        return Page();
    }

    [StepUp]
    public async Task<IActionResult> OnPostAsync(string number, CancellationToken ct)
    {
        if (await LeadAwayAsync(number, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (Step == InvoiceToStep.Change)
        {
            ModelState.Clear();
            return Page();
        }

        this.CheckAddress(nameof(Email), Email, "Enter the email address to which the invoice goes");
        if (ModelState.IsValid && (Name, Address, Email) == (Paper.Invoice.BillingName, Paper.Invoice.PostalAddress, Paper.Invoice.Email))
        {
            ModelState.AddModelError(nameof(Name), "It is made out to them already. Change the name or an address, or go back and add a purchase order alone");
        }

        IsPreview = ModelState.IsValid;
        if (!IsPreview || Step == InvoiceToStep.Look)
        {
            return Page();
        }

        return await reissue.RunAsync(Paper.Invoice.Id, Seen, new(Name, Address, Email!, PurchaseOrder), User.Actor(), ct) switch
        {
            ReissueInvoiceResult.Reissued => Done(),
            ReissueInvoiceResult.NothingLeft => Away(),
            ReissueInvoiceResult.Changed => LookAgain(),
        };
    }

    private RedirectResult Done()
    {
        TempData["Success"] = $"It is made out to {Name}. The credit note and the new invoice are on their way.";
        return Redirect(PaymentUrls.StaffInvoice(Paper.Invoice.Number));
    }

    private PageResult LookAgain()
    {
        ModelState.AddModelError("", "What is left of the invoice has changed meanwhile. Look at it again");
        ModelState.Remove(nameof(Seen));
        return Page();
    }

    private async Task<IActionResult?> LeadAwayAsync(string number, CancellationToken ct)
    {
        if (await InvoicePaper.FindAsync(db, number, ct) is not { } found)
        {
            return NotFound();
        }

        Paper = found.Paper;
        return Paper.CanReissue ? null : Away();
    }

    private RedirectResult Away()
    {
        TempData["Notice"] = "Nothing is left of it to make out to somebody else.";
        return Redirect(PaymentUrls.StaffInvoice(Paper.Invoice.Number));
    }
}
