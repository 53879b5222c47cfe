using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>What is open of an invoice is given up, with a reason. The invoice’s own page takes it back.</summary>
[ForStaff(StaffRight.HandleMoney)]
internal sealed class InvoiceWriteOffModel(TrainingHubDb db, WriteOffInvoice writeOff) : PageModel
{
    [BindProperty]
    [Display(Name = "Why is it written off?", Description = "It stands in the history. Name nobody.")]
    [Required(ErrorMessage = "Say why it is written off"), StringLength(WriteOff.ReasonLength, ErrorMessage = "The reason must be {1} characters or fewer")]
    public string? Reason { get; set; }

    /// <summary>What was shown as open, in pence.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public InvoicePaper Paper { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct) => await LeadAwayAsync(number, ct) ?? Page();

    [StepUp]
    public async Task<IActionResult> OnPostAsync(string number, CancellationToken ct)
    {
        if (await LeadAwayAsync(number, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await writeOff.RunAsync(Paper.Invoice.Id, Seen, Reason!, User.Actor(), ct))
        {
            TempData["Success"] = $"{new Money(Seen)} of {Paper.Invoice.NumberWords} is written off.";
            return Redirect(PaymentUrls.StaffInvoice(Paper.Invoice.Number));
        }

        ModelState.AddModelError("", "What is open has changed meanwhile. Look at it again");
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
        if (Paper.Money.OpenPence > 0)
        {
            return null;
        }

        TempData["Notice"] = "Nothing is open of it any more.";
        return Redirect(PaymentUrls.StaffInvoice(Paper.Invoice.Number));
    }
}
