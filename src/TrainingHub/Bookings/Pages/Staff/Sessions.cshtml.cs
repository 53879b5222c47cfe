using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>The programme of an event as staff see it: slots, sessions with how many chose them, and until when they can be chosen.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class SessionsModel(TrainingHubDb db, SaveEventPlan save, IOptions<ReminderOptions> reminders, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Last day on which sessions can be chosen (optional)", Description = "For example 15/2/2027. Leave it empty for “until it begins”. What people have chosen stays.")]
    public DateOnly? ChooseLastOn { get; set; }

    public DateLine Date { get; private set; } = null!;
    public EventProgramme Programme { get; private set; } = null!;

    /// <summary>When those who have not chosen are reminded, as a further sentence; empty when they are not, or no longer.</summary>
    public string ReminderWords => Undecided > 0 && clock.GetUtcNow() < ClosesAt && reminders.Value.SessionsDaysBefore is var days && days > 0
        ? $" Whoever has not chosen is reminded once by email, {(days == 1 ? "1 day" : $"{days} days")} before the last day to choose; who books later, the day before it."
        : "";

    private DateTimeOffset ClosesAt => Date.State == RunState.Scheduled ? EventPlan.ClosesAt(Programme.ChooseLastOn, Date.StartsAt) : DateTimeOffset.MinValue;

    /// <summary>How many confirmed places lack a choice.</summary>
    public int Undecided { get; private set; }

    /// <summary>Times that the hours of the date do not hold any more.</summary>
    public IReadOnlyList<string> Outside { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (!await ReadAsync(run, ct))
        {
            return NotFound();
        }

        ChooseLastOn = Programme.ChooseLastOn;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid run, int version, CancellationToken ct)
    {
        if (!await ReadAsync(run, ct))
        {
            return NotFound();
        }

        if (ChooseLastOn > Date.RunsOn)
        {
            ModelState.AddModelError(nameof(ChooseLastOn), $"The last day must be no later than the event, {London.Words(Date.RunsOn)}");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await save.RunAsync(run, version, ChooseLastOn, User.Actor(), ct))
        {
            case EditOutcome.Saved:
                TempData["Success"] = $"Sessions can be chosen {EventPlan.ClosesWords(ChooseLastOn, Date.StartsAt)}";
                return Redirect(BookingUrls.StaffSessions(run));
            case EditOutcome.Unknown:
                return NotFound();
            case EditOutcome.ChangedSince or EditOutcome.NameTaken:
                ModelState.AddModelError("", "Somebody else changed this after you opened it. Nothing is saved: look at it again");
                return Page();
            default:
                throw new InvalidOperationException();
        }
    }

    private async Task<bool> ReadAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return false;
        }

        (Date, Programme) = (date, await EventProgramme.ReadAsync(db, run, ct));
        var choices = Programme.Slots.Where(slot => slot.IsChoice).Select(slot => slot.Id).ToList();
        Undecided = await db.LivePlaces.CountAsync(
            place => place.RunId == run && place.State == PlaceState.Confirmed
                && db.SessionChoices.Count(choice => choice.PlaceId == place.Id && choices.Contains(choice.SlotId)) < choices.Count, ct);
        Outside = [.. Programme.Slots.Where(slot => !IsWithin(slot, slot.MeetingOf(date))).Select(slot => slot.When)];
        return true;
    }

    private static bool IsWithin(SlotLine slot, Meeting day) =>
        slot.Begins >= TimeOnly.FromDateTime(London.At(day.StartsAt)) && slot.Ends <= TimeOnly.FromDateTime(London.At(day.EndsAt));
}
