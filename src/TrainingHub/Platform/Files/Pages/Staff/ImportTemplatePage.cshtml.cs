using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform.Web;

namespace TrainingHub.Platform.Files.Pages.Staff;

/// <summary>The template of a kind of file, with the names that its lists have today.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class ImportTemplatePageModel(IEnumerable<ImportEntry> imports) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string kind, CancellationToken ct)
    {
        if (imports.SingleOrDefault(import => import.Kind.Name == kind) is not { } import)
        {
            return NotFound();
        }

        var allowed = await import.AllowedAsync(HttpContext.RequestServices, ct);
        return File(await ImportTemplate.WriteAsync(await import.ReadKindAsync(HttpContext.RequestServices, ct), allowed, ct), WorkbookWriter.ContentType, $"{kind}-template.xlsx");
    }
}
