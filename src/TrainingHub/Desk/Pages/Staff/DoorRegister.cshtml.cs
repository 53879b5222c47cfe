using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>
/// The register of one of a trainer's own dates, on a phone. A script sends taps without the page and is answered without it.
/// </summary>
[ForStaff(StaffRight.OwnDates)]
internal sealed class DoorRegisterModel(TrainingHubDb db, RefusedActs refused, TimeProvider clock, TrainersRegister register, CloseRegister close) : DoorPage(db, refused, clock)
{
    private readonly TrainingHubDb db = db;
    private readonly TimeProvider clock = clock;

    public IReadOnlyList<RegisterLine> Lines { get; private set; } = [];

    /// <summary>Whether they are named by now, and still.</summary>
    public bool ShowsPeople { get; private set; }

    /// <summary>How many have a place, also while they are not named.</summary>
    public int Expected { get; private set; }

    /// <summary>What the trainer prepares for before anybody is named.</summary>
    public IReadOnlyList<string> Needs { get; private set; } = [];
    public VenueDetails? Venue { get; private set; }
    public string? JoiningLink { get; private set; }

    /// <summary>Whether it is asked first, because people have no mark.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Close { get; set; }

    /// <summary>Why nothing can be marked, or null.</summary>
    public RegisterRefusal? Closed { get; private set; }

    /// <summary>What this person last marked in one act, while it can be undone.</summary>
    public MarkedTogether? LastAct { get; private set; }

    [TempData]
    public string? Refused { get; set; }

    public IEnumerable<RegisterLine> Unmarked => Lines.Where(line => line.On(Sitting) is null);

    public int Count(Mark wanted) => Lines.Count(line => line.On(Sitting)?.Mark == wanted);

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (!await FindAsync(run, ct))
        {
            return NotFound();
        }

        // To scan codes; nothing else of the site may use the camera.
        Response.Headers["Permissions-Policy"] = SecurityHeaders.CameraHere;
        var now = clock.GetUtcNow();
        List<RegisterLine> lines = [.. (await RegisterLine.ListAsync(db, run, ct)).Where(line => line.IsConfirmed)];
        (ShowsPeople, Expected) = (TrainersRegister.ShowsPeople(Date, now), lines.Count);
        Lines = ShowsPeople ? lines : [];
        Needs = ShowsPeople || Date.EndsAt < now ? [] : [.. lines.Select(line => line.AccessNeeds).OfType<string>()];
        Closed = await register.WhyNotAsync(Sitting, ct);
        LastAct = MarkedTogether.Last(Lines.Select(line => line.On(Sitting)), User.Actor().Id, now);
        Venue = (await VenueDetails.OfRunsAsync(db, [run], ct)).GetValueOrDefault(run);
        JoiningLink = await db.CourseRuns.Where(one => one.Id == run).Select(one => one.JoiningLink).SingleAsync(ct);
        return Page();
    }

    /// <summary>One tap. Comes back to the same person, or answers a script with what it has to know.</summary>
    public async Task<IActionResult> OnPostMarkAsync(Guid run, Guid place, string mark, Guid? tab, int? number, CancellationToken ct)
    {
        if (!await FindAsync(run, ct))
        {
            return NotFound();
        }

        if (!RegisterModel.TryRead(mark, out var wanted) || (tab is null) != (number is null))
        {
            return BadRequest();
        }

        Tap? tap = tab is { } one && number is { } counted ? new(one, counted) : null;
        var refusal = await register.MarkAsync(Sitting, place, wanted, tap, User.Actor(), ct);
        return (tap, refusal) switch
        {
            (null, _) => Back(place, refusal),
            (_, null) => new NoContentResult(),
            (_, { } why) => new ContentResult { StatusCode = StatusCodes.Status409Conflict, ContentType = "text/plain; charset=utf-8", Content = Attendance.Register.Words(why) },
        };
    }

    /// <summary>How late somebody came and how early they left.</summary>
    public async Task<IActionResult> OnPostTimesAsync(Guid run, Guid place, string? late, string? early, CancellationToken ct)
    {
        if (!await FindAsync(run, ct))
        {
            return NotFound();
        }

        var fields = new MinutesFields(ModelState);
        var (after, before) = (fields.Read(place, "late", late), fields.Read(place, "early", early));
        return ModelState.IsValid
            ? Back(place, await register.NoteAsync(Sitting, place, after, before, User.Actor(), ct))
            : await OnGetAsync(run, ct);
    }

    public async Task<IActionResult> OnPostAllAsync(Guid run, CancellationToken ct)
    {
        if (!await FindAsync(run, ct))
        {
            return NotFound();
        }

        var done = await register.MarkAllAsync(Sitting, User.Actor(), ct);
        Refused = done.Refusal is { } why ? Attendance.Register.Words(why) : null;
        TempData["Success"] = done.Refusal is null ? $"{RegisterModel.People(done.Marked)} marked as here" : null;
        return LocalRedirect("~" + AttendanceUrls.DoorOf(Sitting));
    }

    /// <summary>Takes back what was marked in one act.</summary>
    public async Task<IActionResult> OnPostUndoAsync(Guid run, long at, CancellationToken ct)
    {
        if (!await FindAsync(run, ct))
        {
            return NotFound();
        }

        if (at < 0 || at > DateTimeOffset.MaxValue.UtcTicks)
        {
            return BadRequest();
        }

        var taken = await register.UndoAsync(Sitting, new(at, TimeSpan.Zero), User.Actor(), ct);
        TempData["Success"] = taken == 0 ? "There was nothing left to undo" : $"Undone: {RegisterModel.People(taken)} without a mark again";
        return LocalRedirect("~" + AttendanceUrls.DoorOf(Sitting));
    }

    /// <summary>Closes the register, after those without a mark were shown.</summary>
    /// <param name="run"></param>
    /// <param name="seen">How many of them were.</param>
    /// <param name="ct"></param>
    public async Task<IActionResult> OnPostCloseAsync(Guid run, int seen, CancellationToken ct)
    {
        if (!await FindAsync(run, ct))
        {
            return NotFound();
        }

        var done = await close.RunAsync(Sitting, seen, User.Actor(), ct);
        Refused = done.Refusal is { } why ? Attendance.Register.Words(why) : null;
        if (done is { Refusal: null, IsClosed: false })
        {
            return LocalRedirect($"~{AttendanceUrls.DoorOf(Sitting)}{(Meeting is null ? '?' : '&')}close=true#close");
        }

        TempData["Success"] = done.IsClosed ? "The register is closed. Thank you" : null;
        return LocalRedirect("~" + AttendanceUrls.DoorOf(Sitting));
    }

    private LocalRedirectResult Back(Guid place, RegisterRefusal? refusal)
    {
        Refused = refusal is { } why ? Attendance.Register.Words(why) : null;
        return LocalRedirect("~" + (refusal is null ? AttendanceUrls.DoorOf(Sitting, place) : AttendanceUrls.DoorOf(Sitting)));
    }
}
