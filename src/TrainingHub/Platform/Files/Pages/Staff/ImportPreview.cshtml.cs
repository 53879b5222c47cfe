using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Files.Pages.Staff;

/// <summary>What an uploaded file would do; agreeing does it.</summary>
internal sealed class ImportPreviewModel(TrainingHubDb db, IEnumerable<ImportEntry> imports, TimeProvider clock) : PageModel
{
    public const int MostShown = 200;

    public string FileName { get; private set; } = "";

    public string Title { get; private set; } = "";

    public ImportOutcome Outcome { get; private set; } = ImportOutcome.Refused([]);

    public bool ChangesNothing => Outcome is { Added: 0, Changed: 0 };

    public async Task<IActionResult> OnGetAsync(Guid upload, CancellationToken ct) => await RunAsync(upload, dryRun: true, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid upload, CancellationToken ct)
    {
        if (await RunAsync(upload, dryRun: false, ct) is { } gone)
        {
            return gone;
        }

        if (Outcome.IsRefused)
        {
            return Page();
        }

        await db.ImportUploads.Where(file => file.Id == upload).ExecuteDeleteAsync(ct);
        TempData["Success"] = $"{FileName}: {Outcome.Words}";
        return LocalRedirect("~/staff/import");
    }

    /// <returns>Where to go when the file is not there (any more), else null.</returns>
    private async Task<IActionResult?> RunAsync(Guid upload, bool dryRun, CancellationToken ct)
    {
        var (user, now) = (ImportModel.Uploader(User), clock.GetUtcNow());
        var file = await db.ImportUploads.AsNoTracking()
            .SingleOrDefaultAsync(file => file.Id == upload && file.UploadedBy == user && file.ExpiresAt > now, ct);
        if (file is null || imports.SingleOrDefault(import => import.Kind == file.Kind) is not { } entry)
        {
            return LocalRedirect("~/staff/import");
        }

        (FileName, Title) = (file.FileName, entry.Title);
        using var content = new MemoryStream(file.Content, writable: false);
        Outcome = await entry.RunAsync(HttpContext.RequestServices, content, dryRun, ct);
        return null;
    }
}
