using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Staff put right who waits for a date, or take them off its list.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class CorrectWaitingModel(TrainingHubDb db, CorrectWaiting correct) : PageModel
{
    [BindProperty]
    [Display(Name = "Full name"), Required(ErrorMessage = "Enter the full name"), StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [BindProperty]
    [Display(Name = "Email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    /// <summary>Their name as it stands on the list.</summary>
    public string Was { get; private set; } = "";
    public DateLine Run { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } entry)
        {
            return Gone();
        }

        (Name, Email) = (entry.Name, entry.Email);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is null)
        {
            return Gone();
        }

        this.CheckAddress(nameof(Email), Email, "Enter the email address");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        return await correct.RunAsync(id, Name!, Email!, User.Actor(), ct) switch
        {
            CorrectWaitingResult.Corrected => Done($"{Name} waits under the name and address as you entered them."),
            CorrectWaitingResult.Gone => Gone(),
            CorrectWaitingResult.WaitsAlready => Refuse("Somebody with this name and address waits for this date already. Take one of the two off the list"),
        };
    }

    public async Task<IActionResult> OnPostTakeOffAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is null || !await correct.TakeOffAsync(id, User.Actor(), ct))
        {
            return Gone();
        }

        return Done($"{Was} does not wait any more.");
    }

    private PageResult Refuse(string why)
    {
        ModelState.AddModelError(nameof(Name), why);
        return Page();
    }

    private RedirectResult Done(string notice)
    {
        TempData["Success"] = notice;
        return Redirect("~" + BookingUrls.WaitingListOf(Run.Id));
    }

    private RedirectResult Gone()
    {
        TempData["Notice"] = "Nothing was changed: they do not wait any more.";
        return Redirect("~" + BookingUrls.StaffWaitingLists);
    }

    private async Task<WaitingListEntry?> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.WaitingListEntries.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id && one.State == WaitingState.Waiting, ct) is not { } entry
            || await BookingSummaries.RunAsync(db, entry.RunId, ct) is not { } run)
        {
            return null;
        }

        (Was, Run) = (entry.Name, run);
        return entry;
    }
}
