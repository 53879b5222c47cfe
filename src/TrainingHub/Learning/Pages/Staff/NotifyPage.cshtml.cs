using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>Tells providers of a change of content: whom, the text, a document and the deadline, on one page before anything is sent.</summary>
[TakesFiles]
[ForStaff(StaffRight.RunProgramme)]
internal sealed class NotifyPageModel(TrainingHubDb db, SendNotice send, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Whom to tell")]
    public Guid[] Chosen { get; set; } = [];

    [BindProperty]
    [Display(Name = "Text", Description = "What to teach otherwise, as the provider reads it. Nothing by which a child could be recognised."), Required(ErrorMessage = "Enter the text"), StringLength(ContentNotice.TextLength, ErrorMessage = "The text must be {1} characters or fewer")]
    public string? Text { get; set; }

    [BindProperty]
    [Display(Name = "Document (optional)", Description = "Smaller than 5 MB: PDF, JPEG or PNG. It is downloaded from the provider’s page, not sent with the email.")]
    public IFormFile? Document { get; set; }

    [BindProperty]
    [Display(Name = "To acknowledge by", Description = "A day after today. Two weeks are usual.")]
    public DateOnly? DueOn { get; set; }

    /// <summary>The notice's own id.</summary>
    [BindProperty]
    public Guid Key { get; set; } = Guid.CreateVersion7();

    /// <summary>Of the change, as it is shown.</summary>
    [BindProperty]
    public int Version { get; set; }

    public ContentChange Change => change ?? throw new InvalidOperationException("There is no change.");

    public IReadOnlyList<string> Courses { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Providers { get; private set; } = [];
    public IReadOnlyList<ConcernedProvider> WithoutEmail { get; private set; } = [];

    private ContentChange? change;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        (Version, Text, DueOn) = (Change.Version, Change.What, London.DateOf(clock.GetUtcNow()).AddDays(14));
        Chosen = [.. Providers.Select(item => Guid.Parse(item.Value))];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        if (Chosen.Length == 0)
        {
            ModelState.AddModelError(nameof(Chosen), "Select at least one provider");
        }

        if (DueOn is null && ModelState[nameof(DueOn)] is not { Errors.Count: > 0 })
        {
            ModelState.AddModelError(nameof(DueOn), "Enter the day by which to acknowledge it");
        }

        var file = Document is null ? null : await this.ReadFileAsync(nameof(Document), Document, ct);
        if (!ModelState.IsValid)
        {
            if (file is not null)
            {
                ModelState.AddModelError(nameof(Document), "Choose your document again");
            }

            return Page();
        }

        return await send.RunAsync(new(Key, id, Version, Text!, DueOn!.Value, file, [.. Chosen.Distinct()]), User.Actor(), ct) switch
        {
            SendNoticeOutcome.Sent => Done(),
            SendNoticeOutcome.NoChange => NotFound(),
            SendNoticeOutcome.ChangedSince => await Refuse("", "Somebody changed what this is about while you had it open. Nothing was sent. Look at the courses and the day, then send again", id, ct),
            SendNoticeOutcome.NotConcerned => await Refuse(nameof(Chosen), "The providers are others by now. Nothing was sent. Choose again", id, ct),
            SendNoticeOutcome.TooSoon => await Refuse(nameof(DueOn), "The deadline must be after today", id, ct),
        };
    }

    private LocalRedirectResult Done()
    {
        TempData["Success"] = Chosen.Length == 1 ? "1 provider is told" : $"{Chosen.Length} providers are told";
        return LocalRedirect("~" + LearningUrls.Notice(Key));
    }

    private async Task<PageResult> Refuse(string field, string words, Guid id, CancellationToken ct)
    {
        await ReadAsync(id, ct);
        Version = Change.Version;
        ModelState.Remove(nameof(Version));
        ModelState.AddModelError(field, words);
        if (Document is not null)
        {
            ModelState.AddModelError(nameof(Document), "Choose your document again");
        }

        return Page();
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        change = await db.ContentChanges.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.ArchivedAt == null, ct);
        if (change is null)
        {
            return false;
        }

        Courses = await db.Courses.Where(course => change.CourseIds.Contains(course.Id)).OrderBy(course => course.Title).Select(course => course.Title).ToListAsync(ct);
        var all = await NoticeProviders.OfAsync(db, change.CourseIds, London.DateOf(clock.GetUtcNow()), ct);
        Providers = [.. all.Where(provider => provider.Email is not null).Select(provider => new SelectListItem(provider.Name, provider.Id.ToString()))];
        WithoutEmail = [.. all.Where(provider => provider.Email is null)];
        return true;
    }
}
