using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.PersonalData.Pages.Staff;

/// <summary>One request: who asks, until when, which records are theirs, what was done.</summary>
[ForStaff(StaffRight.PersonalData)]
internal sealed class DataRequestPageModel(TrainingHubDb db, KeepRequest keep, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "How did you check who is asking?", Description = "For example: rang back on the number in their booking. Do not copy a passport."), Required(ErrorMessage = "Enter how you checked who is asking"), StringLength(DataRequest.IdentityLength, ErrorMessage = "How you checked must be {1} characters or fewer")]
    public string? Identity { get; set; }

    public DataRequest Asked { get; private set; } = null!;
    public IReadOnlyList<(string Words, int Count)> Ticked { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];
    /// <summary>What was sent about it, and whether it left.</summary>
    public IReadOnlyList<string> Emails { get; private set; } = [];
    public string? AnsweredBy { get; private set; }
    public DateOnly Today { get; private set; }

    public bool HasRecords => Ticked.Count > 0;

    /// <summary>What waits for a date can be erased now.</summary>
    public bool IsRestDue => Asked.LaterOn <= Today;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            return await OnGetAsync(id, ct);
        }

        return await keep.IdentifyAsync(id, Identity!, User.Actor(), ct) switch
        {
            KeepResult.Kept => Back(id, "Success", "Saved"),
            KeepResult.Gone => NotFound(),
            KeepResult.DoneBefore or KeepResult.NotIdentified or KeepResult.NotAcknowledged or KeepResult.WrongDay => Back(id, "Notice", "It is answered already. Nothing was changed."),
        };
    }

    private RedirectResult Back(Guid id, string kind, string notice)
    {
        TempData[kind] = notice;
        return Redirect("~" + PersonalDataUrls.Request(id));
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await db.DataRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return false;
        }

        Asked = found;
        Today = London.DateOf(clock.GetUtcNow());
        Ticked = [.. (await EraseRequest.TickedAsync(db, id, ct)).GroupBy(one => one.Kind).Select(group => (group.Key.Words(), group.Count()))];
        History = await HistoryEntry.AboutAsync(db, [id], ct);
        Emails = [.. (await db.OutgoingEmails.AsNoTracking().Where(one => one.About == found.Reference && one.ToAddress == found.Email).OrderBy(one => one.CreatedAt).ThenBy(one => one.Id)
            .Select(one => new { one.Subject, one.State, one.CreatedAt, one.SentAt }).ToListAsync(ct))
            .Select(one => $"{one.Subject}: {EmailWords.State(one.State)} {London.Moment(one.SentAt ?? one.CreatedAt)}")];
        AnsweredBy = await db.Users.Where(user => user.Id == found.AnsweredById).Select(user => user.Name).FirstOrDefaultAsync(ct);
        return true;
    }
}
