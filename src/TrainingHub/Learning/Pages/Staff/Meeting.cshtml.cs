using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>The monthly meeting on one sheet: what is open and what has changed, minuted in place, printed, and closed.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class MeetingModel(TrainingHubDb db, KeepMinutes keep, TimeProvider clock) : PageModel
{
    internal sealed record LastMeeting(Guid Id, DateOnly HeldOn, DateTimeOffset ClosedAt);

    [BindProperty]
    [Display(Name = "Held on")]
    public DateOnly? HeldOn { get; set; }

    [BindProperty]
    [Display(Name = "Minutes (optional)"), StringLength(LearningMeeting.MinutesLength, ErrorMessage = "The minutes must be {1} characters or fewer")]
    public string? Minutes { get; set; }

    [BindProperty]
    [Display(Name = "Decisions (optional)"), StringLength(LearningMeeting.DecisionsLength, ErrorMessage = "The decisions must be {1} characters or fewer")]
    public string? Decisions { get; set; }

    /// <summary>By the action. Named, or a form without actions would be read as if its other fields were some.</summary>
    [BindProperty(Name = nameof(Words))]
    public Dictionary<Guid, string?> Words { get; set; } = [];

    /// <summary>Of the open meeting, or of the one that the form opens.</summary>
    [BindProperty]
    public Guid Key { get; set; } = Guid.CreateVersion7();

    [BindProperty]
    public int Version { get; set; }

    public bool IsOpen { get; private set; }
    public LastMeeting? Last { get; private set; }
    public IReadOnlyList<ActionRow> Sheet { get; private set; } = [];
    public IReadOnlyList<SinceMeeting> Since { get; private set; } = [];
    public DateOnly Today { get; } = London.DateOf(clock.GetUtcNow());

    public string? WordsOf(Guid action) => Words.GetValueOrDefault(action);

    public async Task OnGetAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        var open = await db.LearningMeetings.AsNoTracking().SingleOrDefaultAsync(meeting => meeting.State == MeetingState.Open, ct);
        if (open is null)
        {
            HeldOn = Today;
            return;
        }

        (Key, Version, HeldOn, Minutes, Decisions) = (open.Id, open.Version, open.HeldOn, open.Minutes, open.Decisions);
        Words = await db.MeetingMinutes.Where(minute => minute.MeetingId == open.Id).ToDictionaryAsync(minute => minute.ActionId, minute => minute.Words, ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        await CheckAsync(ct) ? Answer(await keep.SaveAsync(Typed(), User.Actor(), ct), LearningUrls.Meeting, "The minutes are saved") : Page();

    public async Task<IActionResult> OnPostCloseAsync(CancellationToken ct) =>
        await CheckAsync(ct) ? Answer(await keep.CloseAsync(Typed(), User.Actor(), ct), LearningUrls.PastMeeting(Key), "The meeting is closed. What is open stands in the next one") : Page();

    private TypedMinutes Typed() => new(Key, Version, HeldOn!.Value, Minutes, Decisions, Words);

    private async Task<bool> CheckAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (HeldOn is null && ModelState[nameof(HeldOn)] is not { Errors.Count: > 0 })
        {
            ModelState.AddModelError(nameof(HeldOn), "Enter the day of the meeting");
        }

        if (HeldOn > Today.AddYears(1) || HeldOn < Today.AddYears(-2))
        {
            ModelState.AddModelError(nameof(HeldOn), "Enter a day within the last two years or the next one");
        }

        foreach (var row in Sheet.Where(row => WordsOf(row.Id)?.Length > MeetingMinute.WordsLength))
        {
            ModelState.AddModelError($"Words[{row.Id}]", $"The minute of action {row.Number} must be {MeetingMinute.WordsLength} characters or fewer");
        }

        return ModelState.IsValid;
    }

    private IActionResult Answer(EditOutcome outcome, string address, string done) => outcome switch
    {
        EditOutcome.Saved => Done(address, done),
        EditOutcome.ChangedSince => Refuse(),
        EditOutcome.Unknown or EditOutcome.NameTaken => throw new InvalidOperationException("A meeting has no name."),
    };

    private LocalRedirectResult Done(string address, string done)
    {
        TempData["Success"] = done;
        return LocalRedirect("~" + address);
    }

    private PageResult Refuse()
    {
        ModelState.AddModelError("", "Somebody saved or closed this meeting while you had it open. Nothing of yours is saved. Copy what you typed, open the page again and add it there");
        return Page();
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        IsOpen = await db.LearningMeetings.AnyAsync(meeting => meeting.State == MeetingState.Open, ct);
        Last = await db.LearningMeetings.AsNoTracking().Where(meeting => meeting.ClosedAt != null).OrderByDescending(meeting => meeting.ClosedAt)
            .Select(meeting => new LastMeeting(meeting.Id, meeting.HeldOn, meeting.ClosedAt ?? default)).FirstOrDefaultAsync(ct);
        Sheet = await KeepMinutes.SheetAsync(db, ct);
        Since = Last is null ? [] : await SinceMeeting.ReadAsync(db, Last.ClosedAt, ct);
    }
}
