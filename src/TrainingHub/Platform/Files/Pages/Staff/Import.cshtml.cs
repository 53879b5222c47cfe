using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Platform.Files.Pages.Staff;

/// <summary>A file that this person sent in lately.</summary>
internal sealed record RecentImport(Guid Id, string FileName, string Kind, ImportState State, DateTimeOffset UploadedAt);

/// <summary>Takes a file in and leads to its preview; nothing is changed here. Lists what this person sent in before.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class ImportModel(TrainingHubDb db, IEnumerable<ImportEntry> imports, ImportQueue queue, TimeProvider clock) : PageModel
{
    private const int RecentShown = 10;

    public IReadOnlyList<FileKind> KindsOfFile { get; } = [.. imports.Select(import => import.Kind).OrderBy(kind => kind.Title, StringComparer.Ordinal)];

    public IReadOnlyList<RecentImport> Recent { get; private set; } = [];

    [BindProperty]
    [Required(ErrorMessage = "Choose what is in the file")]
    [Display(Name = "What is in the file?")]
    public string? Kind { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "Choose a file")]
    [Display(Name = "Spreadsheet or CSV file", Description = "An Excel workbook (.xlsx) or a CSV file, at most 50,000 rows and 8 MB.")]
    public IFormFile? Upload { get; set; }

    public IEnumerable<SelectListItem> Kinds => KindsOfFile.Select(kind => new SelectListItem(kind.Title, kind.Name));

    public Task OnGetAsync(CancellationToken ct) => FillAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Kind is not null && KindsOfFile.All(kind => kind.Name != Kind))
        {
            ModelState.AddModelError(nameof(Kind), "Choose what is in the file");
        }

        if (Upload is { Length: 0 })
        {
            ModelState.AddModelError(nameof(Upload), "The file is empty");
        }

        if (!ModelState.IsValid || Kind is null || Upload is null)
        {
            await FillAsync(ct);
            return Page();
        }

        using var content = new MemoryStream();
        await Upload.CopyToAsync(content, ct);
        var id = await queue.AddAsync(Kind, Path.GetFileName(Upload.FileName), content.ToArray(), Actor.Of(User), ct);
        return LocalRedirect("~" + ImportUrls.Upload(id));
    }

    public string TitleOf(string kind) => KindsOfFile.FirstOrDefault(known => known.Name == kind)?.Title ?? kind;

    private async Task FillAsync(CancellationToken ct)
    {
        var (user, now) = (Actor.Of(User).Id, clock.GetUtcNow());
        Recent = await db.ImportUploads
            .Where(upload => upload.UploadedBy == user && upload.ExpiresAt > now)
            .OrderByDescending(upload => upload.UploadedAt)
            .Take(RecentShown)
            .Select(upload => new RecentImport(upload.Id, upload.FileName, upload.Kind, upload.State, upload.UploadedAt))
            .ToListAsync(ct);
    }
}
