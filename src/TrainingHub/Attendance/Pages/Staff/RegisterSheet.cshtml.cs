using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
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

    public DateLine Date { get; private set; } = null!;
    public IReadOnlyList<RegisterLine> Lines { get; private set; } = [];

    public IEnumerable<RegisterLine> WithNeeds => Lines.Where(line => line.AccessNeeds is not null);

    /// <summary>Empty lines for people who come unannounced.</summary>
    public int SpareLines => Math.Clamp(Date.Capacity - Lines.Count, 0, 3);

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return NotFound();
        }

        var all = await RegisterLine.ListAsync(db, run, ct);
        (Date, Lines) = (date, [.. all.Where(line => line.IsConfirmed)]);
        return Page();
    }
}
