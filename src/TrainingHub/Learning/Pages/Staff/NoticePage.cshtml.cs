using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>A notice that was sent: its words, and how it stands with each provider.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class NoticePageModel(TrainingHubDb db, AcknowledgeNotice acknowledge, TimeProvider clock) : PageModel
{
    internal sealed record Sent(Guid Id, Guid ChangeId, string Text, DateOnly DueOn, DateTimeOffset SentAt, string? FileName, DateTimeOffset? WithdrawnAt, string? WithdrawnBecause, Guid[] Courses);

    internal sealed record Row(
        Guid Id, string Provider, ProviderNoticeState State, DateOnly? RemindOn, DateTimeOffset? RemindedAt, DateTimeOffset? ChasedAt, DateTimeOffset? AcknowledgedAt, string? By, string? Words);

    [BindProperty]
    [Display(Name = "Provider"), Required(ErrorMessage = "Select a provider")]
    public Guid? Provider { get; set; }

    [BindProperty]
    [Display(Name = "Who told you"), Required(ErrorMessage = "Enter who told you"), StringLength(ProviderNotice.NameLength, ErrorMessage = "The name must be {1} characters or fewer"), PlainName]
    public string? Name { get; set; }

    public Sent Notice => notice ?? throw new InvalidOperationException("There is no notice.");

    public IReadOnlyList<string> Courses { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public DateOnly Today { get; } = London.DateOf(clock.GetUtcNow());

    /// <summary>Those that have not acknowledged it.</summary>
    public IReadOnlyList<SelectListItem> Waiting => [.. Rows.Where(row => row.State == ProviderNoticeState.Sent).Select(row => new SelectListItem(row.Provider, row.Id.ToString()))];

    private Sent? notice;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetFileAsync(Guid id, CancellationToken ct)
    {
        if (await db.ContentNotices.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { FileName: { } name, FileKind: { } kind, FileContent: { } content })
        {
            return NotFound();
        }

        return this.Attachment(name, kind, content);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        if (Provider is { } chosen && !Rows.Any(row => row.Id == chosen))
        {
            ModelState.AddModelError(nameof(Provider), "Select a provider from the list");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var (kind, words) = await acknowledge.ByStaffAsync(Provider!.Value, Name!, User.Actor(), ct) switch
        {
            AcknowledgeOutcome.Done => ("Success", "Recorded"),
            AcknowledgeOutcome.DoneBefore => ("Notice", "It was acknowledged meanwhile. What was said then stands."),
            AcknowledgeOutcome.Withdrawn => ("Notice", "It was withdrawn meanwhile. Nothing was recorded."),
            AcknowledgeOutcome.Gone => ("Notice", "It is gone. Nothing was recorded."),
        };
        TempData[kind] = words;
        return LocalRedirect("~" + LearningUrls.Notice(id));
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        notice = await db.ContentNotices.AsNoTracking().Where(one => one.Id == id)
            .Select(one => new Sent(one.Id, one.ChangeId, one.Text, one.DueOn, one.SentAt, one.FileName, one.WithdrawnAt, one.WithdrawnBecause, one.CourseIds)).SingleOrDefaultAsync(ct);
        if (notice is null)
        {
            return false;
        }

        var courses = notice.Courses;
        Courses = await db.Courses.Where(course => courses.Contains(course.Id)).OrderBy(course => course.Title).Select(course => course.Title).ToListAsync(ct);
        Rows = await (
            from own in db.ProviderNotices
            join provider in db.Providers on own.ProviderId equals provider.Id
            where own.NoticeId == id
            orderby provider.Name
            select new Row(own.Id, provider.Name, own.State, own.RemindOn, own.RemindedAt, own.ChasedAt, own.AcknowledgedAt, own.AcknowledgedBy, own.AcknowledgedWords)).ToListAsync(ct);
        return true;
    }
}
