using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>Withdraws a notice, after a look at who is told.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class WithdrawNoticePageModel(TrainingHubDb db, WithdrawNotice withdraw) : PageModel
{
    internal sealed record Row(string Provider, bool HasEmail, DateTimeOffset? AcknowledgedAt);

    [BindProperty]
    [Display(Name = "Why", Description = "Providers read it in the email and on the page of their link."), Required(ErrorMessage = "Enter why it is withdrawn"), StringLength(ContentNotice.BecauseLength, ErrorMessage = "The reason must be {1} characters or fewer")]
    public string? Because { get; set; }

    public Guid Id { get; private set; }
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        var notice = await db.ContentNotices.Where(one => one.Id == id).Select(one => new { one.WithdrawnAt }).SingleOrDefaultAsync(ct);
        if (notice is null)
        {
            return NotFound();
        }

        if (notice.WithdrawnAt is not null)
        {
            return Back("Notice", "It is withdrawn already. Nobody was told again.");
        }

        Rows = await (
            from own in db.ProviderNotices
            join provider in db.Providers on own.ProviderId equals provider.Id
            where own.NoticeId == id
            orderby provider.Name
            select new Row(provider.Name, provider.Email != null, own.AcknowledgedAt)).ToListAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        if (!ModelState.IsValid)
        {
            return await OnGetAsync(id, ct);
        }

        return await withdraw.RunAsync(id, Because!, User.Actor(), ct) switch
        {
            WithdrawOutcome.Withdrawn => Back("Success", "It is withdrawn, and the providers are told"),
            WithdrawOutcome.Before => Back("Notice", "It is withdrawn already. Nobody was told again."),
            WithdrawOutcome.Gone => NotFound(),
        };
    }

    private LocalRedirectResult Back(string kind, string words)
    {
        TempData[kind] = words;
        return LocalRedirect("~" + LearningUrls.Notice(Id));
    }
}
