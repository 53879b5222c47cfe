using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages;

/// <summary>A notice for the provider who has opened its link: what changes, and the button that acknowledges it. Looking changes nothing.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ProviderNoticePageModel(TrainingHubDb db, PrivateAccess access, AcknowledgeNotice acknowledge, TimeProvider clock) : PageModel
{
    internal sealed record Shown(
        Guid Id, string Provider, ProviderNoticeState State, string Text, DateOnly FromOn, DateOnly DueOn, DateTimeOffset SentAt, string? FileName, DateTimeOffset? AcknowledgedAt, string? By, string? Words,
        DateTimeOffset? WithdrawnAt, string? WithdrawnBecause, Guid[] Courses);

    [BindProperty]
    [Display(Name = "Your name"), Required(ErrorMessage = "Enter your name"), StringLength(ProviderNotice.NameLength, ErrorMessage = "Your name must be {1} characters or fewer"), PlainName]
    public string? Name { get; set; }

    [BindProperty]
    [Display(Name = "Anything that we should know (optional)", Description = "For example from which date you teach it."), StringLength(ProviderNotice.WordsLength, ErrorMessage = "What you write must be {1} characters or fewer")]
    public string? Words { get; set; }

    /// <summary>Null to whoever has not opened the link.</summary>
    public Shown? Notice { get; private set; }

    public IReadOnlyList<string> Courses { get; private set; } = [];
    public DateOnly Today { get; } = London.DateOf(clock.GetUtcNow());

    public async Task<PageResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        await ReadAsync(id, ct);
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(Guid id, CancellationToken ct)
    {
        await ReadAsync(id, ct);
        if (Notice is not { State: not ProviderNoticeState.Withdrawn })
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var file = await (
            from own in db.ProviderNotices
            join notice in db.ContentNotices on own.NoticeId equals notice.Id
            where own.Id == id
            select new { notice.FileName, notice.FileKind, notice.FileContent }).SingleAsync(ct);
        if (file is not { FileName: { } name, FileKind: { } kind, FileContent: { } content })
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        return this.Attachment(name, kind, content);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        await ReadAsync(id, ct);
        // What is settled needs no name; the page says how it stands.
        if (Notice is not { State: ProviderNoticeState.Sent } || !ModelState.IsValid)
        {
            return Page();
        }

        TempData["Success"] = await acknowledge.ByLinkAsync(id, Name!, Words, ct) switch
        {
            AcknowledgeOutcome.Done => "Thank you. We know that you have it.",
            AcknowledgeOutcome.DoneBefore or AcknowledgeOutcome.Withdrawn or AcknowledgeOutcome.Gone => null,
        };
        return LocalRedirect("~" + LearningUrls.ProviderNotice(id));
    }

    private async Task ReadAsync(Guid id, CancellationToken ct)
    {
        if (access.IsGranted(HttpContext, ProviderNotice.LinkPurpose, id))
        {
            Notice = await (
                from own in db.ProviderNotices
                join notice in db.ContentNotices on own.NoticeId equals notice.Id
                join provider in db.Providers on own.ProviderId equals provider.Id
                where own.Id == id
                select new Shown(
                    own.Id, provider.Name, own.State, notice.Text, notice.FromOn, notice.DueOn, notice.SentAt, notice.FileName, own.AcknowledgedAt, own.AcknowledgedBy, own.AcknowledgedWords,
                    own.WithdrawnAt, notice.WithdrawnBecause, notice.CourseIds)).SingleOrDefaultAsync(ct);
        }

        if (Notice is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var ids = Notice.Courses;
        Courses = await db.Courses.Where(course => ids.Contains(course.Id)).OrderBy(course => course.Title).Select(course => course.Title).ToListAsync(ct);
    }
}
