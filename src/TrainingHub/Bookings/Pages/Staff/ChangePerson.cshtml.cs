using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Staff correct who has a place, or give it to another person. Which of the two is asked by the link, and never guessed.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class ChangePersonModel(TrainingHubDb db, SwapDelegate swap, CorrectDelegate correct, NamePlaces name, TimeProvider clock) : PageModel
{
    [BindProperty]
    public SwapForm Form { get; set; } = new();

    public Booking Booking { get; private set; } = null!;
    public Guid PlaceId { get; private set; }
    public string Name { get; private set; } = "";
    public DateLine Run { get; private set; } = null!;

    /// <summary>Then only the name and the address can be put right.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Nobody is named for the place yet, so somebody is.</summary>
    public bool AwaitsName { get; private set; }

    /// <summary>Whoever has the place chose sessions of the event, which another person chooses anew.</summary>
    public bool HasSessions { get; private set; }

    private string? Email { get; set; }

    public async Task<IActionResult> OnGetAsync(string reference, Guid place, string? change, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, place, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        Form = new() { Change = AwaitsName || (change == SwapForm.Another && !HasBegun) ? SwapForm.Another : SwapForm.Correct, CorrectName = Name, CorrectEmail = Email };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, Guid place, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, place, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        Form.Check(this);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (AwaitsName)
        {
            var outcome = await name.RunAsync(Booking.Id, new Dictionary<Guid, Delegate> { [place] = Form.Newcomer(Run.Prerequisite) }, ct, User.Actor(), Form.WithoutBecause);
            return Answer(new(Of(outcome.Result)), "Form.Name", $"{Form.Name} now has the place.");
        }

        return Form.Change == SwapForm.Another
            ? Answer(
                await swap.RunAsync(Booking.Id, place, Form.Newcomer(Run.Prerequisite), ct, User.Actor(), Form.WithoutBecause),
                "Form.Name", $"{Form.Name} now has the place of {Name}.")
            : Answer(
                await correct.RunAsync(Booking.Id, place, Form.CorrectName!, Form.CorrectEmail!, ct, User.Actor()),
                "Form.CorrectName", $"The name and address of {Form.CorrectName} are as you entered them.");
    }

    private static DelegateChangeResult Of(NamePlacesResult result) => result switch
    {
        NamePlacesResult.Named => DelegateChangeResult.Changed,
        NamePlacesResult.NotWaiting => DelegateChangeResult.NotALivePlace,
        NamePlacesResult.TooLate => DelegateChangeResult.RunStarted,
        NamePlacesResult.NotPaidYet => DelegateChangeResult.NotPaidYet,
        NamePlacesResult.TooManyChanges => DelegateChangeResult.TooManyChanges,
        NamePlacesResult.AlreadyOnDate => DelegateChangeResult.AlreadyOnDate,
        NamePlacesResult.PrerequisiteMissing => DelegateChangeResult.PrerequisiteMissing,
    };

    private IActionResult Answer(DelegateChangeOutcome outcome, string field, string notice) => outcome.Result switch
    {
        DelegateChangeResult.Changed => Done(notice),
        // A second click finds it done.
        DelegateChangeResult.SamePerson => Done($"{Form.Name} has this place."),
        DelegateChangeResult.NotALivePlace => Done("Nothing was changed: this place was cancelled before."),
        DelegateChangeResult.AlreadyOnDate => Refuse(field, "This person has another place on this date. Enter somebody else, or cancel one of the places"),
        DelegateChangeResult.PrerequisiteMissing => Refuse("Form.WithoutBecause", $"{Run.Prerequisite?.Course} is required. If they may come without it, say why"),
        DelegateChangeResult.RunStarted => Refuse("", "The course has begun. Who came is on the register"),
        DelegateChangeResult.NotPaidYet => Refuse("", "A card payment is awaited. Give the place to somebody else once it is paid, or take the payment over first"),
        DelegateChangeResult.TooManyChanges => throw new InvalidOperationException("Staff are not bounded."),
    };

    private RedirectResult Done(string notice)
    {
        TempData["Success"] = notice;
        return Redirect(BookingUrls.StaffBooking(Booking.Reference));
    }

    private PageResult Refuse(string field, string why)
    {
        ModelState.AddModelError(field, why);
        return Page();
    }

    private async Task<IActionResult?> LeadAwayAsync(string reference, Guid place, CancellationToken ct)
    {
        var wanted = Reference.Normalise(reference);
        if (await db.Bookings.AsNoTracking().FirstOrDefaultAsync(booking => booking.Reference == wanted, ct) is not { } found)
        {
            return NotFound();
        }

        Booking = found;
        var row = await db.Places.AsNoTracking()
            .Where(one => one.Id == place && one.BookingId == found.Id && db.LivePlaces.Any(live => live.Id == one.Id))
            .Select(one => new { one.RunId, one.DelegateName, one.AwaitsName, Email = db.People.Where(person => person.Id == one.PersonId).Select(person => person.Email).FirstOrDefault() })
            .FirstOrDefaultAsync(ct);
        if (row is null || await BookingSummaries.RunAsync(db, row.RunId, ct) is not { } run)
        {
            TempData["Notice"] = "This place is not booked any more.";
            return Redirect(BookingUrls.StaffBooking(found.Reference));
        }

        (PlaceId, Name, Email, Run) = (place, row.DelegateName ?? (row.AwaitsName ? "Not named yet" : "Name not held"), row.Email, run);
        AwaitsName = row.AwaitsName;
        HasBegun = run.StartsAt <= clock.GetUtcNow();
        HasSessions = await db.SessionChoices.AnyAsync(choice => choice.PlaceId == place, ct);
        return null;
    }
}
