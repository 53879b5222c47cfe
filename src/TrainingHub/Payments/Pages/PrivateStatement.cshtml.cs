using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages;

/// <summary>An organisation's statement for a browser that opened its link, as it is today. To any other there is none.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class PrivateStatementModel(PrivateAccess access, ReadStatement read) : PageModel
{
    public Guid Id { get; private set; }
    public Statement Statement { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, string? file, CancellationToken ct)
    {
        if (!access.IsGranted(HttpContext, SendStatement.LinkPurpose, id) || await read.RunAsync(id, read.UsualFrom, ct) is not { } found)
        {
            return NotFound();
        }

        (Id, Statement) = (id, found);
        return file == "pdf" ? File(StatementPdf.Write(found), PdfWriter.ContentType, "statement.pdf") : Page();
    }
}
