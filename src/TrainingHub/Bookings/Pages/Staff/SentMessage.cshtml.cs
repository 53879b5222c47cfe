using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>One message to many people, as it was written, and what became of its emails.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class SentMessageModel(TrainingHubDb db) : PageModel
{
    public DateMessage Message { get; private set; } = null!;
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];

    /// <summary>How many of its emails are in each state; those of 90 days ago are forgotten.</summary>
    public IReadOnlyList<(EmailState State, int Count)> States { get; private set; } = [];

    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await db.DateMessages.AsNoTracking().SingleOrDefaultAsync(message => message.Id == id, ct) is not { } found)
        {
            return NotFound();
        }

        Message = found;
        Dates = await SendMessage.DatesAsync(db, found.RunIds, ct);
        var states = await db.OutgoingEmails.Where(email => email.BatchId == id).GroupBy(email => email.State)
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(ct);
        States = [.. states.OrderBy(one => one.Key).Select(one => (one.Key, one.Count))];
        History = await HistoryEntry.AboutAsync(db, [id], ct);
        return Page();
    }
}
