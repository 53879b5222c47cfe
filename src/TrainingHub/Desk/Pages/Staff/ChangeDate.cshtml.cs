using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Changes a date. Where people are to be told, what changes and who is told is shown first, and done by a second button.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class ChangeDateModel(TrainingHubDb db, ChangeDate change) : PageModel, IDateFields
{
    [BindProperty]
    public DateForm Form { get; set; } = new();

    /// <summary>The state of the date that the form was filled from.</summary>
    [BindProperty]
    public string Seen { get; set; } = "";

    [BindProperty]
    [Display(Name = "Why it changes (optional)", Description = "Everybody who is told reads it. For example “The hall is closed for repairs.”")]
    [StringLength(CourseRun.ReasonLength)]
    public string? Reason { get; set; }

    public DateLists Lists { get; private set; } = null!;
    public DateLine Date { get; private set; } = null!;

    /// <summary>Set when they are shown before they are made.</summary>
    public IReadOnlyList<HistoryChange>? Preview { get; private set; }
    public PeopleTold Told { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await ReadAsync(run, ct) is not { } known)
        {
            return NotFound();
        }

        (Form, Seen) = (DateForm.Of(known), known.Mark());
        return Page();
    }

    /// <summary>Saves what nobody has to be told, and shows the rest first.</summary>
    public Task<IActionResult> OnPostAsync(Guid run, CancellationToken ct) => SaveAsync(run, isSure: false, ct);

    public Task<IActionResult> OnPostSureAsync(Guid run, CancellationToken ct) => SaveAsync(run, isSure: true, ct);

    /// <summary>Back from the preview to the fields, as typed.</summary>
    public async Task<IActionResult> OnPostBackAsync(Guid run, CancellationToken ct) => await ReadAsync(run, ct) is null ? NotFound() : Page();

    private static string Offered(ChangeDateOutcome outcome) =>
        outcome.PlacesOffered == 0 ? "" : $" and {outcome.PlacesOffered} offered to the waiting list";

    private async Task<IActionResult> SaveAsync(Guid run, bool isSure, CancellationToken ct)
    {
        if (await ReadAsync(run, ct) is not { } known)
        {
            return NotFound();
        }

        if (Form.Read(ModelState, Lists) is not { } facts)
        {
            return Page();
        }

        if (!isSure && Told.IsAnybody && facts.IsMovedFrom(known) && facts.Capacity >= Math.Min(Date.Capacity, Date.PlacesTaken))
        {
            Preview = facts.ChangesFrom(known, await RunNames.ReadAsync(db, ct));
            return Page();
        }

        var outcome = await change.RunAsync(run, Seen, facts, Reason, User.Actor(), ct);
        switch (outcome.Result)
        {
            case ChangeDateResult.Changed:
                TempData["Success"] = $"The date is changed. {(facts.IsMovedFrom(known) && Told.IsAnybody ? $"{Told.Words} told by email." : "")} {outcome.Sooner}".TrimEnd();
                return Redirect(BookingUrls.StaffDate(run));
            case ChangeDateResult.NothingToChange:
                TempData["Success"] = "Nothing was changed.";
                return Redirect(BookingUrls.StaffDate(run));
            case ChangeDateResult.TooFewPlaces:
                ModelState.AddModelError("Form.Capacity", $"{outcome.PlacesTaken} places are taken{Offered(outcome)}, so there cannot be fewer");
                return Page();
            case ChangeDateResult.TooManyHeldBack:
                ModelState.AddModelError("Form.Limits.HeldBack", $"Only {outcome.MostHeldBack} can be held: {outcome.PlacesTaken} places are taken{Offered(outcome)}");
                return Page();
            case ChangeDateResult.HeldUntilPast:
                ModelState.AddModelError("Form.Limits.HeldUntil", "The last day on which they are held must be today or later");
                return Page();
            case ChangeDateResult.InThePast:
                ModelState.AddModelError("Form.Day", "The date must be in the future");
                return Page();
            case ChangeDateResult.SessionsLeft:
                ModelState.AddModelError(
                    $"Form.Later[{facts.EachMeeting.Count - 1}].Day", "Sessions are planned for a later meeting. Remove them from its programme first: whoever chose one is told");
                return Page();
            case ChangeDateResult.ChangedMeanwhile:
                ModelState.AddModelError("", "Somebody else has changed this date since you opened the form. What it says now is above: look at it, then save again");
                (Seen, _) = (known.Mark(), ModelState.Remove(nameof(Seen)));
                return Page();
            case ChangeDateResult.Cancelled or ChangeDateResult.Begun:
                TempData["Success"] = "Nothing was changed: a date that is cancelled or has begun stays as it is.";
                return Redirect(BookingUrls.StaffDate(run));
            case ChangeDateResult.NotFound:
                return NotFound();
            default:
                throw new InvalidOperationException($"{outcome.Result}");
        }
    }

    /// <returns>The facts as they are now; null when there is no such date.</returns>
    private async Task<RunFacts?> ReadAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return null;
        }

        var facts = RunFacts.Of(await db.CourseRuns.AsNoTracking().SingleAsync(one => one.Id == run, ct));
        (Date, Lists, Told) = (date, await DateLists.ReadAsync(db, facts, ct), await PeopleTold.ReadAsync(db, run, ct));
        return facts;
    }
}

/// <summary>How many are told when a date changes or is cancelled.</summary>
internal sealed record PeopleTold(int Places, int Bookings, int Waiting)
{
    public bool IsAnybody => Places + Waiting > 0;

    /// <summary>"14 people in 9 bookings and 2 who wait are", to be followed by "told".</summary>
    public string Words => $"{string.Join(" and ", Parts())} {(Places + Waiting == 1 ? "is" : "are")}";

    public static async Task<PeopleTold> ReadAsync(TrainingHubDb db, Guid run, CancellationToken ct) => new(
        await db.LivePlaces.CountAsync(place => place.RunId == run, ct),
        await db.LivePlaces.Where(place => place.RunId == run).Select(place => place.BookingId).Distinct().CountAsync(ct),
        await db.WaitingListEntries.Where(WaitingListEntry.IsLive).CountAsync(entry => entry.RunId == run, ct));

    private IEnumerable<string> Parts()
    {
        if (Places > 0)
        {
            yield return $"{Places} {(Places == 1 ? "person" : "people")} in {Bookings} {(Bookings == 1 ? "booking" : "bookings")}";
        }

        if (Waiting > 0)
        {
            yield return $"{Waiting} who {(Waiting == 1 ? "waits" : "wait")}";
        }
    }
}
