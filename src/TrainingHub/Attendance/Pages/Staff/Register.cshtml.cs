using TrainingHub.Catalogue;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Attendance.Pages.Staff;

internal sealed class RegisterModel(TrainingHubDb db, TimeProvider clock, MarkAttendance markOne, MarkAllAttended markAll) : PageModel
{
    public DateLine Date { get; private set; } = null!;
    public IReadOnlyList<RegisterLine> Lines { get; private set; } = [];
    public IReadOnlyList<RegisterLine> Held { get; private set; } = [];

    /// <summary>The one whose register is shown, from 1; null where the date is one meeting.</summary>
    [BindProperty(SupportsGet = true)]
    public short? Meeting { get; set; }

    /// <summary>Why nothing can be marked, or null.</summary>
    public RegisterRefusal? Closed { get; private set; }

    [TempData]
    public string? Refused { get; set; }

    public int Count(Mark? wanted) => Lines.Count(line => MarkOf(line) == wanted);

    /// <summary>On the register that is shown.</summary>
    public Mark? MarkOf(RegisterLine line) => Meeting is { } meeting ? line.Meetings.TryGetValue(meeting, out var mark) ? mark : null : line.Mark;

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date || Meeting < 1 || Meeting > date.EachMeeting.Count)
        {
            return NotFound();
        }

        Meeting = date.Meetings is null ? null : Meeting ?? LatestOf(date);
        var all = await RegisterLine.ListAsync(db, run, ct);
        (Date, Lines, Held) = (date, [.. all.Where(line => line.IsConfirmed)], [.. all.Where(line => !line.IsConfirmed)]);
        Closed = Attendance.Register.WhyNotMark(date.State, date.EachMeeting[(Meeting ?? 1) - 1].On, clock.GetUtcNow());
        return Page();
    }

    /// <summary>Today's meeting, or the last one before today; before the first, that one.</summary>
    private short LatestOf(DateLine date) => (short)Math.Max(1, date.EachMeeting.Count(one => one.On <= London.DateOf(clock.GetUtcNow())));

    /// <summary>One tap. Comes back to the same person.</summary>
    public async Task<IActionResult> OnPostMarkAsync(Guid run, Guid place, string mark, CancellationToken ct)
    {
        if (!TryRead(mark, out var wanted))
        {
            return BadRequest();
        }

        var sitting = new Sitting(run, Meeting);
        var refusal = await markOne.RunAsync(sitting, place, wanted, User.Actor(), ct);
        if (refusal is { } why)
        {
            Refused = Attendance.Register.Words(why);
            return LocalRedirect("~" + AttendanceUrls.Register(sitting));
        }

        return LocalRedirect("~" + AttendanceUrls.Register(sitting, place));
    }

    public async Task<IActionResult> OnPostAllAsync(Guid run, CancellationToken ct)
    {
        var sitting = new Sitting(run, Meeting);
        var done = await markAll.RunAsync(sitting, User.Actor(), ct);
        if (done.Refusal is { } why)
        {
            Refused = Attendance.Register.Words(why);
        }
        else
        {
            TempData["Success"] = done.Marked switch
            {
                0 => "Everybody had a mark already",
                1 => "1 person marked as attended",
                _ => $"{done.Marked} people marked as attended",
            };
        }

        return LocalRedirect("~" + AttendanceUrls.Register(sitting));
    }

    private static bool TryRead(string word, out Mark? mark)
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
