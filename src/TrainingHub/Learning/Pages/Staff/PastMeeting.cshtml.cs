using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>The record of a closed meeting. It reads and changes nothing.</summary>
[ForStaff(StaffRight.ReadProgramme)]
internal sealed class PastMeetingModel(TrainingHubDb db) : PageModel
{
    public LearningMeeting Meeting => meeting ?? throw new InvalidOperationException("There is no meeting.");

    public string? ClosedBy { get; private set; }
    public IReadOnlyList<MeetingMinute> Rows { get; private set; } = [];

    private LearningMeeting? meeting;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        meeting = await db.LearningMeetings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.State == MeetingState.Closed, ct);
        if (meeting is null)
        {
            return NotFound();
        }

        ClosedBy = await db.Users.Where(user => user.Id == meeting.ClosedById).Select(user => user.Name).SingleOrDefaultAsync(ct);
        Rows = await db.MeetingMinutes.AsNoTracking().Where(minute => minute.MeetingId == id).OrderBy(minute => minute.DueOn).ThenBy(minute => minute.Number).ToListAsync(ct);
        return Page();
    }
}
