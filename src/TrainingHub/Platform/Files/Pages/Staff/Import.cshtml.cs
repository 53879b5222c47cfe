using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace TrainingHub.Platform.Files.Pages.Staff;

/// <summary>Takes a file in and leads to its preview; nothing is changed here.</summary>
internal sealed class ImportModel(TrainingHubDb db, IEnumerable<ImportEntry> imports, TimeProvider clock) : PageModel
{
    public IReadOnlyList<ImportEntry> Imports { get; } = [.. imports.OrderBy(import => import.Title, StringComparer.Ordinal)];

    [BindProperty]
    [Required(ErrorMessage = "Choose what is in the file")]
    [Display(Name = "What is in the file?")]
    public string? Kind { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "Choose a file")]
    [Display(Name = "CSV file", Description = "At most 50,000 rows and 8 MB. From a spreadsheet: Save as, CSV UTF-8.")]
    public IFormFile? Upload { get; set; }

    public IEnumerable<SelectListItem> Kinds => Imports.Select(import => new SelectListItem(import.Title, import.Kind));

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Kind is not null && Imports.All(import => import.Kind != Kind))
        {
            ModelState.AddModelError(nameof(Kind), "Choose what is in the file");
        }

        if (Upload is { Length: 0 })
        {
            ModelState.AddModelError(nameof(Upload), "The file is empty");
        }

        if (!ModelState.IsValid || Kind is null || Upload is null)
        {
            return Page();
        }

        using var content = new MemoryStream();
        await Upload.CopyToAsync(content, ct);
        var upload = new ImportUpload
        {
            Id = Guid.CreateVersion7(),
            Kind = Kind,
            FileName = Shortened(Path.GetFileName(Upload.FileName)),
            Content = content.ToArray(),
            UploadedBy = Uploader(User),
            ExpiresAt = clock.GetUtcNow() + ImportUpload.Life,
        };
        db.Add(upload);
        await db.SaveChangesAsync(ct);
        return LocalRedirect($"~/staff/import/{upload.Id}");
    }

    internal static Guid Uploader(ClaimsPrincipal user) =>
        Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in."));

    private static string Shortened(string name) => name.Length <= ImportUpload.FileNameLength ? name : name[^ImportUpload.FileNameLength..];
}
