using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Payments;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>What an organisation was asked for and paid, and what is open: to look at, as a PDF file, and by email.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class StatementPageModel(TrainingHubDb db, ReadStatement read, SendStatement send) : PageModel
{
    private const int YearsOffered = 7;

    /// <summary>"2026/27", with whose first day it begins; without it the present one.</summary>
    [BindProperty(SupportsGet = true)]
    [Display(Name = "From April")]
    public string? Year { get; set; }

    [BindProperty]
    [Display(Name = "Email address", Description = "It gets the open invoices and a link to the statement, which opens for 60 days."), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? To { get; set; }

    public Guid Id { get; private set; }
    public Statement Statement { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Years { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, string? file, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        To = await db.Organisations.Where(one => one.Id == id).Select(one => one.InvoiceEmail ?? one.ContactEmail).SingleAsync(ct);
        return file == "pdf" ? File(StatementPdf.Write(Statement), PdfWriter.ContentType, "statement.pdf") : Page();
    }

    [Needs(StaffRight.HandleMoney)]
    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        this.CheckAddress(nameof(To), To, "Enter the email address that gets the statement");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        await send.RunAsync(id, EmailAddress.Clean(To!), User.Actor(), ct);
        TempData["Success"] = $"The statement is on its way to {To}.";
        return LocalRedirect("~" + DeskUrls.Statement(id));
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        var present = FinancialYear.Of(read.UsualFrom);
        if (await read.RunAsync(id, (FinancialYear.Parse(Year ?? "") ?? present).From, ct) is not { } found)
        {
            return false;
        }

        (Id, Statement, Year) = (id, found, FinancialYear.Of(found.From).ToString());
        Years = [.. Enumerable.Range(0, YearsOffered).Select(back => new FinancialYear(present.StartsIn - back)).Select(year => new SelectListItem($"{year.StartsIn}", year.ToString()))];
        return true;
    }
}
