using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>What was written to many people, and whether it arrived.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class MessagesModel(TrainingHubDb db) : PageModel
{
    private const int PageSize = 25;

    internal sealed record Row(
        Guid Id, string Subject, MessageAudience Audience, int Dates, string WrittenBy, DateTimeOffset SentAt, int Recipients, int LeftOut, int NotArrived);

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Pages { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Pages = Math.Max(1, (await db.DateMessages.CountAsync(ct) + PageSize - 1) / PageSize);
        Number = Math.Clamp(Number, 1, Pages);
        Rows = await db.DateMessages.AsNoTracking()
            .OrderByDescending(message => message.SentAt).ThenByDescending(message => message.Id)
            .Skip((Number - 1) * PageSize).Take(PageSize)
            .Select(message => new Row(
                message.Id, message.Subject, message.Audience, message.RunIds.Length, message.WrittenBy, message.SentAt, message.RecipientCount, message.LeftOutCount,
                db.OutgoingEmails.Count(email => email.BatchId == message.Id && EmailStates.NotDelivered.Contains(email.State))))
            .ToListAsync(ct);
    }
}
