using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.People;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>
/// A page about one of a trainer's own dates. Every answer begins with whose date it is: another provider's is not found, like one that
/// there is not, and leaves a line in the history.
/// </summary>
internal abstract class DoorPage(TrainingHubDb db, RefusedActs refused, TimeProvider clock) : PageModel
{
    public DateLine Date { get; private set; } = null!;

    /// <summary>The one whose register is shown, from 1; null where the date is one meeting.</summary>
    [BindProperty(SupportsGet = true)]
    public short? Meeting { get; set; }

    public Sitting Sitting => new(Date.Id, Meeting);

    /// <returns>False for a date that is not this trainer's own, and for a meeting that it does not have.</returns>
    protected async Task<bool> FindAsync(Guid run, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var own = DoorModel.Shown(db, User.Actor().Id, now).Where(one => one.Id == run);
        if (await DateLines.Of(db, own).SingleOrDefaultAsync(ct) is not { } date)
        {
            await refused.OfRecordAsync(User.Actor(), Request.Method, PageContext.ActionDescriptor.AttributeRouteInfo?.Template ?? "", run, ct);
            return false;
        }

        if (Meeting < 1 || Meeting > date.EachMeeting.Count)
        {
            return false;
        }

        (Date, Meeting) = (date, date.Meetings is null ? null : Meeting ?? Attendance.Sitting.At(date, now).Meeting);
        return true;
    }
}
