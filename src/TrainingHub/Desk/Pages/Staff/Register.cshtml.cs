using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

[ForStaff(StaffRight.RunBookings)]
internal sealed class RegisterModel(TrainingHubDb db, TimeProvider clock, MarkAttendance markOne, MarkAllAttended markAll, UndoMarks undo, NoteMinutes note,
    ReopenRegister reopen, CheckWalkIn check) : PageModel
{
    public DateLine Date { get; private set; } = null!;
    public IReadOnlyList<RegisterLine> Lines { get; private set; } = [];
    public IReadOnlyList<RegisterLine> Held { get; private set; } = [];

    /// <summary>By place, where people are asked about a course to take before.</summary>
    public IReadOnlyDictionary<Guid, PrerequisiteRecord> Before { get; private set; } = new Dictionary<Guid, PrerequisiteRecord>();

    /// <summary>The one whose register is shown, from 1; null where the date is one meeting.</summary>
    [BindProperty(SupportsGet = true)]
    public short? Meeting { get; set; }

    /// <summary>Whose mark somebody wants to change although their survey has gone out, and to what; the page asks first.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Ask { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    /// <summary>Why nothing can be marked, or null.</summary>
    public RegisterRefusal? Closed { get; private set; }

    /// <summary>The places whose delegates have been sent their survey.</summary>
    public IReadOnlySet<Guid> Surveyed { get; private set; } = new HashSet<Guid>();

    /// <summary>What this person last marked in one act, while it can be undone.</summary>
    public MarkedTogether? LastAct { get; private set; }

    /// <summary>When the trainer closed this register; null while they mark it.</summary>
    public DateTimeOffset? ClosedByTrainerAt { get; private set; }

    [BindProperty]
    [Display(Name = "Why you open it again", Description = "It stays in the history of the date, so name nobody."), StringLength(HistoryEntry.NoteLength)]
    public string? Reason { get; set; }

    [TempData]
    public string? Refused { get; set; }

    public int Count(Mark? wanted) => Lines.Count(line => MarkOf(line)?.Mark == wanted);

    /// <summary>On the register that is shown.</summary>
    public LineMark? MarkOf(RegisterLine line) => line.On(new(Date.Id, Meeting));

    private Sitting Sitting(Guid run) => new(run, Meeting);

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date || Meeting < 1 || Meeting > date.EachMeeting.Count)
        {
            return NotFound();
        }

        var now = clock.GetUtcNow();
        Meeting = date.Meetings is null ? null : Meeting ?? Attendance.Sitting.At(date, now).Meeting;
        var all = await RegisterLine.ListAsync(db, run, ct);
        (Date, Lines, Held) = (date, [.. all.Where(line => line.IsConfirmed)], [.. all.Where(line => !line.IsConfirmed)]);
        Before = await PrerequisiteRecord.OfAsync(db, db.Places.Where(place => place.RunId == run && Place.LiveStates.Contains(place.State)), ct);
        Closed = Attendance.Register.WhyNotMark(date.State, date.EachMeeting[(Meeting ?? 1) - 1].On, now);
        Surveyed = (await SurveyedOn(run).ToListAsync(ct)).ToHashSet();
        ClosedByTrainerAt = await RegisterClosing.Of(db, Sitting(run)).Select(closing => (DateTimeOffset?)closing.ClosedAt).SingleOrDefaultAsync(ct);
        LastAct = MarkedTogether.Last(Lines.Select(MarkOf), User.Actor().Id, now);
        return Page();
    }

    /// <summary>One tap. Comes back to the same person.</summary>
    public async Task<IActionResult> OnPostMarkAsync(Guid run, Guid place, string mark, bool sure, CancellationToken ct)
    {
        if (!TryRead(mark, out var wanted))
        {
            return BadRequest();
        }

        var sitting = Sitting(run);
        if (!sure && wanted is null or Mark.Absent && await SurveyedOn(run).AnyAsync(one => one == place, ct))
        {
            return LocalRedirect("~" + AttendanceUrls.Register(sitting, place, mark));
        }

        return Back(sitting, place, await markOne.RunAsync(sitting, place, wanted, User.Actor(), ct));
    }

    /// <summary>How late somebody came and how early they left.</summary>
    public async Task<IActionResult> OnPostTimesAsync(Guid run, Guid place, string? late, string? early, CancellationToken ct)
    {
        var fields = new MinutesFields(ModelState);
        var (after, before) = (fields.Read(place, "late", late), fields.Read(place, "early", early));
        if (!ModelState.IsValid)
        {
            return await OnGetAsync(run, ct);
        }

        var sitting = Sitting(run);
        return Back(sitting, place, await note.RunAsync(sitting, place, after, before, User.Actor(), ct));
    }

    public async Task<IActionResult> OnPostAllAsync(Guid run, CancellationToken ct)
    {
        var sitting = Sitting(run);
        var done = await markAll.RunAsync(sitting, User.Actor(), ct);
        if (done.Refusal is { } why)
        {
            Refused = Attendance.Register.Words(why);
        }
        else
        {
            TempData["Success"] = done.Marked == 0 ? "Everybody had a mark already" : $"{People(done.Marked)} marked as attended";
        }

        return LocalRedirect("~" + AttendanceUrls.Register(sitting));
    }

    /// <summary>Takes back what was marked in one act.</summary>
    public async Task<IActionResult> OnPostUndoAsync(Guid run, long at, CancellationToken ct)
    {
        if (at < 0 || at > DateTimeOffset.MaxValue.UtcTicks)
        {
            return BadRequest();
        }

        var sitting = Sitting(run);
        var taken = await undo.RunAsync(sitting, new(at, TimeSpan.Zero), User.Actor(), ct);
        TempData["Success"] = taken == 0 ? "There was nothing left to undo" : $"Undone: {People(taken)} without a mark again";
        return LocalRedirect("~" + AttendanceUrls.Register(sitting));
    }

    internal static string People(int count) => count == 1 ? "1 person" : $"{count} people";

    private LocalRedirectResult Back(Sitting sitting, Guid place, RegisterRefusal? refusal)
    {
        if (refusal is not { } why)
        {
            return LocalRedirect("~" + AttendanceUrls.Register(sitting, place));
        }

        Refused = Attendance.Register.Words(why);
        return LocalRedirect("~" + AttendanceUrls.Register(sitting));
    }

    private IQueryable<Guid> SurveyedOn(Guid run) =>
        db.SentSurveys.Where(survey => db.Places.Any(place => place.Id == survey.PlaceId && place.RunId == run)).Select(survey => survey.PlaceId);

    /// <summary>Lets the trainer mark again.</summary>
    public async Task<IActionResult> OnPostReopenAsync(Guid run, CancellationToken ct)
    {
        if (Reason is null)
        {
            ModelState.AddModelError(nameof(Reason), "Say why you open it again");
        }

        if (!ModelState.IsValid)
        {
            return await OnGetAsync(run, ct);
        }

        await reopen.RunAsync(Sitting(run), Reason!, User.Actor(), ct);
        TempData["Success"] = "Open again: the trainer can mark, until 7 days after the date";
        return LocalRedirect("~" + AttendanceUrls.Register(Sitting(run)));
    }

    /// <summary>From Today: a walk-in that a trainer added has been seen to.</summary>
    public async Task<IActionResult> OnPostWalkInAsync(Guid walkIn, CancellationToken ct)
    {
        await check.RunAsync(walkIn, User.Actor(), ct);
        TempData["Success"] = "Done";
        return LocalRedirect("~/staff");
    }

    /// <returns>False for a word that is no mark and not "Clear".</returns>
    internal static bool TryRead(string word, out Mark? mark)
    {
        mark = word switch
        {
            nameof(Mark.Attended) => Mark.Attended,
            nameof(Mark.Part) => Mark.Part,
            nameof(Mark.Absent) => Mark.Absent,
            _ => null,
        };
        return mark is not null || word == "Clear";
    }
}
