using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>One application for free places, for whoever has opened its private link or that of its booking: where it stands, and what can be added.</summary>
[TakesFiles]
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ApplicationModel(TrainingHubDb db, PrivateAccess access, AnswerQuestion answer, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Your answer")]
    [StringLength(FreePlaceApplication.AnswerLength, ErrorMessage = "Your answer must be {1} characters or fewer")]
    public string? Answer { get; set; }

    [BindProperty]
    [Display(Name = "Documents", Description = "Each smaller than 5 MB: PDF, JPEG or PNG. A photo of a page is enough.")]
    public List<IFormFile> Files { get; set; } = [];

    /// <summary>Null to whoever has not opened a link.</summary>
    public FreePlaceApplication? Application { get; private set; }

    /// <summary>Of its booking; null when it came without one.</summary>
    public string? Reference { get; private set; }

    /// <summary>The names of the files that are there.</summary>
    public IReadOnlyList<string> Documents { get; private set; } = [];

    public bool IsLate => Application?.DecideOn < London.DateOf(clock.GetUtcNow());

    public async Task<PageResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        await ReadAsync(id, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct) || Application is not { } application)
        {
            return Page();
        }

        var upload = await EvidenceUpload.ReadAsync(Files.Select(file => new SentFile(file.FileName, file.Length, file.OpenReadStream)), FreePlaceEvidence.MostFiles - Documents.Count, ct);
        foreach (var fault in upload.Faults)
        {
            ModelState.AddModelError(nameof(Files), fault);
        }

        if (ModelState.IsValid && upload.Files.Count == 0 && Answer is null)
        {
            ModelState.AddModelError(application.IsAsked ? nameof(Answer) : nameof(Files), application.IsAsked ? "Enter your answer, or choose a document" : "Choose a document");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        TempData["Success"] = await answer.RunAsync(id, Answer, upload.Files, ct) switch
        {
            AnswerResult.Taken => application.IsAsked ? "Thank you. The training team has your answer." : "Thank you. The training team has your document.",
            AnswerResult.NotPending => "Nothing was added: the application is decided.",
            AnswerResult.TooManyFiles => "Nothing was added: an application can have 3 documents.",
        };
        return Redirect(FreePlaceUrls.Application(id));
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        var booking = await db.Bookings.Where(one => one.FreePlaceApplicationId == id).Select(one => new { one.Id, one.Reference }).FirstOrDefaultAsync(ct);
        var isOpen = access.IsGranted(HttpContext, FreePlaceApplication.LinkPurpose, id)
            || (booking is not null && access.IsGranted(HttpContext, Booking.LinkPurpose, booking.Id));
        Application = isOpen ? await db.FreePlaceApplications.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, ct) : null;
        if (Application is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return false;
        }

        Reference = booking?.Reference;
        Documents = await db.FreePlaceEvidence.Where(one => one.ApplicationId == id).OrderBy(one => one.Id).Select(one => one.FileName).ToListAsync(ct);
        return true;
    }
}
