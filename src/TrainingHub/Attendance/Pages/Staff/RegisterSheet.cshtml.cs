using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages.Staff;

/// <summary>The register on paper: a sheet to sign and, when it is asked for, apart from it what only the trainer should read.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class RegisterSheetModel(TrainingHubDb db) : PageModel
{
    /// <summary>Whether what only the trainer should read is on it. Who prints the sheet for the door leaves it out.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Needs { get; set; }

    /// <summary>Of an event: the session whose sheet it is; null is everybody's.</summary>
    [BindProperty(SupportsGet = true, Name = "session")]
    public Guid? SessionId { get; set; }

    /// <summary>Null when it is everybody's sheet.</summary>
    public SessionLine? Session { get; private set; }

    /// <summary>The days to sign for: all of the date's, or the one of the session.</summary>
    public IReadOnlyList<Meeting> Days { get; private set; } = [];

    /// <summary>When the session is held.</summary>
    public string Times { get; private set; } = "";

    public DateLine Date { get; private set; } = null!;
    public IReadOnlyList<RegisterLine> Lines { get; private set; } = [];

    public IEnumerable<RegisterLine> WithNeeds => Lines.Where(line => line.AccessNeeds is not null);

    /// <summary>Empty lines for people who come unannounced.</summary>
    public int SpareLines => Math.Clamp((Session?.Capacity ?? Date.Capacity) - Lines.Count, 0, 3);

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return NotFound();
        }

        var all = await RegisterLine.ListAsync(db, run, ct);
        (Date, Days, Lines) = (date, date.EachMeeting, [.. all.Where(line => line.IsConfirmed)]);
        return SessionId is not { } session || await OfSessionAsync(session, ct) ? Page() : NotFound();
    }

    /// <summary>Leaves those who chose the session, or everybody where there is nothing to choose.</summary>
    private async Task<bool> OfSessionAsync(Guid session, CancellationToken ct)
    {
        var slot = (await EventProgramme.ReadAsync(db, Date.Id, ct)).Slots.FirstOrDefault(one => one.Sessions.Any(line => line.Id == session));
        if (slot is null)
        {
            return false;
        }

        (Session, Times) = (slot.Sessions.Single(line => line.Id == session), slot.Times);
        Days = [slot.MeetingOf(Date)];
        if (slot.IsChoice)
        {
            var chose = (await db.SessionChoices.Where(choice => choice.SessionId == session).Select(choice => choice.PlaceId).ToListAsync(ct)).ToHashSet();
            Lines = [.. Lines.Where(line => chose.Contains(line.PlaceId))];
        }

        return true;
    }
}
