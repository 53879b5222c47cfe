using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Staff put right who waits for a date, change the order with a reason, offer places by hand, or take somebody off the list.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class CorrectWaitingModel(TrainingHubDb db, CorrectWaiting correct, KeepWaitingOrder order, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Full name"), Required(ErrorMessage = "Enter the full name"), StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [BindProperty]
    [Display(Name = "Email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    [BindProperty]
    [Display(Name = "Why?", Description = "Only staff read it. It stays in the history of the date, so name nobody. An offer to the next in order needs none.")]
    [StringLength(KeepWaitingOrder.ReasonLength, ErrorMessage = "The reason must be 300 characters or fewer")]
    public string? Reason { get; set; }

    public WaitingListEntry Entry { get; private set; } = null!;
    public IReadOnlyList<WaitingListEvent> Events { get; private set; } = [];
    public int Free { get; private set; }
    public int? Position { get; private set; }

    public string Standing => new WaitingPerson(Entry.Id, Entry.Name, Entry.Email, Entry.PlacesWanted, Entry.CreatedAt, Entry.State, Entry.IsPriority, Entry.OfferedUntil)
        .Standing(clock.GetUtcNow()) + (Position is { } number ? $", number {number} in order" : "");

    /// <summary>What staff can do at this moment, with the words of its button.</summary>
    public IEnumerable<(string Act, string Words)> Acts => Entry.State switch
    {
        WaitingState.Waiting => [("offer", Offer), ("aside", "Set aside"), Entry.IsPriority ? ("order", "Back to the order of joining") : ("first", "Put first")],
        WaitingState.SetAside => [("back", "Put back in the order"), ("offer", Offer)],
        WaitingState.Offered => [("withdraw", "Take the offer back")],
        WaitingState.Booked or WaitingState.Declined or WaitingState.Lapsed or WaitingState.Left or WaitingState.Closed => [],
    };

    private string Offer => Entry.PlacesWanted == 1 ? "Offer 1 place now" : $"Offer {Entry.PlacesWanted} places now";

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

    public async Task<IActionResult> OnPostKeepAsync(Guid id, string? act, CancellationToken ct)
    {
        ModelState.Remove(nameof(Name));
        if (await FindAsync(id, ct) is not { } entry)
        {
            return Gone();
        }

        var (reason, by) = (Reason ?? "", User.Actor());
        (Name, Email) = (entry.Name, entry.Email);
        if (!ModelState.IsValid || Acts.All(one => one.Act != act))
        {
            return ModelState.IsValid ? Redirect("~" + BookingUrls.StaffWaiting(id)) : Page();
        }

        var result = act switch
        {
            "offer" => await order.OfferAsync(id, Reason, by, ct),
            "first" => await order.PreferAsync(id, isPriority: true, reason, by, ct),
            "order" => await order.PreferAsync(id, isPriority: false, reason, by, ct),
            "aside" => await order.SetAsideAsync(id, reason, by, ct),
            "back" => await order.PutBackAsync(id, reason, by, ct),
            _ => await order.WithdrawAsync(id, reason, by, ct),
        };
        return result switch
        {
            KeepWaitingOrderResult.Done => Done(DoneWords(act)),
            KeepWaitingOrderResult.Gone => Gone(),
            KeepWaitingOrderResult.NothingToDo => Done($"Nothing was changed: the list has changed meanwhile. Look at {Was} again."),
            KeepWaitingOrderResult.TooFewFree => RefuseReason($"Only {WaitingEmails.Places(Free)} can be offered, and they want {entry.PlacesWanted}. Take another offer back, or give the date more places"),
            KeepWaitingOrderResult.ReasonMissing => RefuseReason(act == "offer" ? "Others are before them: say why they come first" : "Say why"),
            KeepWaitingOrderResult.DateClosed => RefuseReason("Booking has closed, so nothing can be offered"),
        };
    }

    private string DoneWords(string? act) => act switch
    {
        "offer" => $"{Was} is offered {WaitingEmails.Places(Entry.PlacesWanted)}, by email.",
        "first" => $"{Was} is first in order.",
        "order" => $"{Was} waits in the order of joining.",
        "aside" => $"{Was} is set aside. What becomes free goes to the others.",
        "back" => $"{Was} is back in the order.",
        _ => $"The offer to {Was} is taken back, and they are told. They are set aside.",
    };

    private PageResult RefuseReason(string why)
    {
        ModelState.AddModelError(nameof(Reason), why);
        return Page();
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
        if (await db.WaitingListEntries.AsNoTracking().Where(WaitingListEntry.IsLive).FirstOrDefaultAsync(one => one.Id == id, ct) is not { } entry
            || await BookingSummaries.RunAsync(db, entry.RunId, ct) is not { } run)
        {
            return null;
        }

        (Was, Run, Entry) = (entry.Name, run, entry);
        Events = await db.WaitingListEvents.AsNoTracking().Where(one => one.EntryId == id).OrderBy(one => one.At).ThenBy(one => one.Id).ToListAsync(ct);
        Free = Math.Max(0, await OfferPlaces.FreeAsync(db, run.Id, clock.GetUtcNow(), ct));
        Position = await WaitingOrder.PositionAsync(db, entry, ct);
        return entry;
    }
}
