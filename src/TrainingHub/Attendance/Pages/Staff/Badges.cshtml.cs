using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages.Staff;

/// <summary>Badges of everybody with a confirmed place at an event, on sheets of A4: name, organisation, sessions.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class BadgesModel(TrainingHubDb db) : PageModel
{
    public DateLine Date { get; private set; } = null!;
    public IReadOnlyList<RegisterLine> Lines { get; private set; } = [];

    /// <summary>By place.</summary>
    public ILookup<Guid, ChosenSession> Sessions { get; private set; } = Array.Empty<ChosenSession>().ToLookup(_ => Guid.Empty);

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return NotFound();
        }

        var all = await RegisterLine.ListAsync(db, run, ct);
        (Date, Lines) = (date, [.. all.Where(line => line is { IsConfirmed: true, Name: not null })]);
        Sessions = await ChosenSessions.OfRunAsync(db, await EventProgramme.ReadAsync(db, run, ct), ct);
        return Page();
    }
}
