using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>The closed meetings, the last first.</summary>
[ForStaff(StaffRight.ReadProgramme)]
internal sealed class MeetingsModel(TrainingHubDb db) : PageModel
{
    // Twenty years.
    private const int Most = 240;

    internal sealed record Row(Guid Id, DateOnly HeldOn, int Actions, int Minuted);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Rows = await db.LearningMeetings.AsNoTracking().Where(meeting => meeting.State == MeetingState.Closed)
        .OrderByDescending(meeting => meeting.HeldOn).ThenByDescending(meeting => meeting.ClosedAt).Take(Most)
        .Select(meeting => new Row(
            meeting.Id, meeting.HeldOn, db.MeetingMinutes.Count(minute => minute.MeetingId == meeting.Id), db.MeetingMinutes.Count(minute => minute.MeetingId == meeting.Id && minute.Words != null)))
        .ToListAsync(ct);
}
