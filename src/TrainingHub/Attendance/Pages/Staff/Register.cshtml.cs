using TrainingHub.Catalogue;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.People;

namespace TrainingHub.Attendance.Pages.Staff;

internal sealed class RegisterModel(TrainingHubDb db, TimeProvider clock, MarkAttendance markOne, MarkAllAttended markAll) : PageModel
{
    public DateLine Date { get; private set; } = null!;
    public IReadOnlyList<RegisterLine> Lines { get; private set; } = [];
    public IReadOnlyList<RegisterLine> Held { get; private set; } = [];

    /// <summary>Why nothing can be marked, or null.</summary>
    public RegisterRefusal? Closed { get; private set; }

    [TempData]
    public string? Refused { get; set; }

    public int Count(Mark? wanted) => Lines.Count(line => line.Mark == wanted);

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return NotFound();
        }

        var all = await RegisterLine.ListAsync(db, run, ct);
        (Date, Lines, Held) = (date, [.. all.Where(line => line.IsConfirmed)], [.. all.Where(line => !line.IsConfirmed)]);
        Closed = Attendance.Register.WhyNotMark(date.State, date.RunsOn, clock.GetUtcNow());
        return Page();
    }

    /// <summary>One tap. Comes back to the same person.</summary>
    public async Task<IActionResult> OnPostMarkAsync(Guid run, Guid place, string mark, CancellationToken ct)
    {
        if (!TryRead(mark, out var wanted))
        {
            return BadRequest();
        }

        var refusal = await markOne.RunAsync(run, place, wanted, User.StaffId(), ct);
        if (refusal is { } why)
        {
            Refused = Attendance.Register.Words(why);
            return LocalRedirect("~" + AttendanceUrls.Register(run));
        }

        return LocalRedirect("~" + AttendanceUrls.Register(run, place));
    }

    public async Task<IActionResult> OnPostAllAsync(Guid run, CancellationToken ct)
    {
        var done = await markAll.RunAsync(run, User.StaffId(), ct);
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

        return LocalRedirect("~" + AttendanceUrls.Register(run));
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
