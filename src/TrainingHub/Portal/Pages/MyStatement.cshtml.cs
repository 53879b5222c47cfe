using Microsoft.AspNetCore.Mvc;
using TrainingHub.Payments;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal.Pages;

/// <summary>What an organisation was asked for by invoice and paid, for whoever looks after its training.</summary>
internal sealed class MyStatementModel(TrainingHubDb db, SignedInAddress signedIn, ReadStatement read) : SignedInPage(db, signedIn)
{
    public Guid Id { get; private set; }
    public Statement Statement { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, string? file, CancellationToken ct)
    {
        if (!Organisations.Any(one => one.Id == id) || await read.RunAsync(id, read.UsualFrom, ct) is not { } found)
        {
            return NotFound();
        }

        (Id, Statement) = (id, found);
        return file == "pdf" ? File(StatementPdf.Write(found), PdfWriter.ContentType, "statement.pdf") : Page();
    }
}
