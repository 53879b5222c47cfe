using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>Takes a bank's file in and leads to its preview; nothing is booked here. Lists the files of before.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class BankReadModel(TrainingHubDb db, TakeInBankFile take) : PageModel
{
    public const int MostErrors = 200;
    private const int FilesShown = 20;

    /// <param name="File"></param>
    /// <param name="By">Whoever brought it, as they are called today.</param>
    internal sealed record FileLine(BankFile File, string By);

    [BindProperty]
    [Required(ErrorMessage = "Choose a file")]
    [Display(Name = "File from your bank", Description = "CSV as you download it, or text from Santander, up to 8 MB. Do not open it in a spreadsheet first. Files may overlap: what was read before is not read again.")]
    public IFormFile? Upload { get; set; }

    /// <summary>What is wrong in the file that was sent.</summary>
    public IReadOnlyList<FileError> Errors { get; private set; } = [];

    public IReadOnlyList<FileLine> Files { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => FillAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid || Upload is null)
        {
            await FillAsync(ct);
            return Page();
        }

        using var content = new MemoryStream();
        await Upload.CopyToAsync(content, ct);
        var taken = await take.RunAsync(content.ToArray(), Path.GetFileName(Upload.FileName), User.Actor(), ct);
        if (taken.Id is { } file)
        {
            return LocalRedirect("~" + PaymentUrls.BankFile(file));
        }

        Errors = [.. taken.Errors.Where(error => error.Row > 0)];
        ModelState.AddModelError(nameof(Upload), taken.Errors is [{ Row: 0 } whole, ..] ? whole.Message : Errors.Count == 1 ? $"{Errors[0]}" : $"{Errors.Count} things are wrong in the file. Nothing of it was kept");
        await FillAsync(ct);
        return Page();
    }

    private async Task FillAsync(CancellationToken ct) => Files = await (
        from file in db.BankFiles.AsNoTracking()
        where file.AgreedAt != null
        join user in db.Users on file.UploadedById equals user.Id
        orderby file.UploadedAt descending, file.Id descending
        select new FileLine(file, user.Name)).Take(FilesShown).ToListAsync(ct);
}
