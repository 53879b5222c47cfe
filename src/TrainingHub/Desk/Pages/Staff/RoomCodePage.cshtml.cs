using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The code of a date, to project or print: it leads the people in the room to the questions about the course. A trainer has those of their own dates.</summary>
[ForStaff(StaffRight.RunBookings, StaffRight.OwnDates)]
internal sealed class RoomCodePageModel(TrainingHubDb db, DoorCodes codes, RefusedActs refused, IOptions<SiteOptions> site, TimeProvider clock) : PageModel
{
    public DateLine Date { get; private set; } = null!;
    public string Address { get; private set; } = "";

    /// <summary>To be typed: without the beginning that a browser adds.</summary>
    public string ShortAddress => Address[(Address.IndexOf("://", StringComparison.Ordinal) + 3)..];

    public QrCode Code => QrCode.Of(Address);

    public bool IsOver => RoomCodes.LastDay(Date) < London.DateOf(clock.GetUtcNow());

    public bool IsTrainer => !User.May(StaffRight.RunBookings);

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        var date = IsTrainer ? await OwnDates.FindAsync(db, User.Actor().Id, run, ct) : await DateLines.FindAsync(db, run, ct);
        if (date is null)
        {
            if (IsTrainer)
            {
                await refused.OfRecordAsync(User.Actor(), Request.Method, PageContext.ActionDescriptor.AttributeRouteInfo?.Template ?? "", run, ct);
            }

            return NotFound();
        }

        (Date, Address) = (date, site.Value.Absolute(SurveyUrls.Room(await codes.OfDateAsync(run, ct))));
        return Page();
    }
}
