using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages;

/// <summary>"Get the recording and slides" of one date of an event, for somebody who does not come.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class WantRecordingModel(TrainingHubDb db, AskForRecording ask, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    private const string Asked = "RecordingAsked";

    [BindProperty]
    [Display(Name = "Your email address", Description = "We write to you now, and once more when there is something to see.")]
    [Required, DataType(DataType.EmailAddress), StringLength(EmailAddress.MaxLength)]
    public string? Email { get; set; }

    public DateLine Date { get; private set; } = null!;
    public bool IsAsked { get; private set; }

    public string KeptUntil => London.Words(London.DateOf(AskForRecording.EndOf(Date.EndsAt, clock.GetUtcNow())).AddDays(-1));

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (!await FindAsync(run, ct))
        {
            return NotFound();
        }

        IsAsked = TempData[Asked] is Guid asked && asked == run;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid run, CancellationToken ct)
    {
        if (!await FindAsync(run, ct))
        {
            return NotFound();
        }

        this.CheckAddress(nameof(Email), Email);
        if (!ModelState.IsValid || Email is not { } email)
        {
            return Page();
        }

        switch (await ask.RunAsync(run, email, ct))
        {
            case AskResult.Asked:
                TempData[Asked] = run;
                return Redirect(CatalogueUrls.WantRecording(run));
            case AskResult.HasDates or AskResult.ListFull:
                ModelState.AddModelError("", $"So many people have asked that we cannot take more addresses. Write to {site.Value.ContactEmail} after the event");
                return Page();
            default:
                throw new InvalidOperationException();
        }
    }

    /// <summary>Of an event that visitors see and that is not cancelled. Until twelve months after it there may be something to see.</summary>
    private async Task<bool> FindAsync(Guid run, CancellationToken ct)
    {
        var found = await DateLines.FindAsync(db, run, ct);
        Date = found!;
        return found is { IsPublic: true, State: RunState.Scheduled }
            && clock.GetUtcNow() < AskForDates.EndOf(found.EndsAt)
            && await db.Courses.AnyAsync(course => course.Id == found.CourseId && course.Kind != CourseKind.Course, ct);
    }
}
