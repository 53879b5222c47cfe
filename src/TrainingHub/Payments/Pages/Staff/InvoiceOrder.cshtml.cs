using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>The payer’s purchase order, which came after the invoice. It is shown beside what was issued, letter for letter.</summary>
[ForStaff(StaffRight.HandleMoney)]
internal sealed class InvoiceOrderModel(TrainingHubDb db, AddPurchaseOrder add) : PageModel
{
    [BindProperty]
    [Display(Name = "Purchase order", Description = "Exactly as the payer writes it, with noughts in front and signs.")]
    [Required(ErrorMessage = "Enter the purchase order"), StringLength(Booking.PurchaseOrderLength)]
    public string? PurchaseOrder { get; set; }

    public InvoicePaper Paper { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct)
    {
        if (!await FindAsync(number, ct))
        {
            return NotFound();
        }

        PurchaseOrder = Paper.PurchaseOrder;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string number, CancellationToken ct)
    {
        if (!await FindAsync(number, ct))
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        await add.RunAsync(Paper.Invoice.Id, PurchaseOrder!, User.Actor(), ct);
        TempData["Success"] = $"Purchase order {PurchaseOrder} stands on {Paper.Invoice.NumberWords} now.";
        return Redirect(PaymentUrls.StaffInvoice(Paper.Invoice.Number));
    }

    private async Task<bool> FindAsync(string number, CancellationToken ct)
    {
        var found = await InvoicePaper.FindAsync(db, number, ct);
        Paper = found?.Paper!;
        return found is not null;
    }
}
