using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Leaves the waiting list, by a button: opening the link changes nothing.</summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class LeaveWaitingModel(NpgsqlDataSource database, TrainingHubDb db, LeaveWaitingList leave, TimeProvider clock) : PageModel
{
    /// <summary>Null when the link is unknown or the date is over.</summary>
    public DateLine? Run { get; private set; }

    public bool IsWaiting { get; private set; }

    public Task<PageResult> OnGetAsync(string token, CancellationToken ct) => ShowAsync(token, ct);

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken ct)
    {
        if (await EntryAsync(token, ct) is { } entry)
        {
            await leave.RunAsync(entry, ct);
            return Redirect(BookingUrls.LeaveWaitingList(token));
        }

        return await ShowAsync(token, ct);
    }

    private async Task<PageResult> ShowAsync(string token, CancellationToken ct)
    {
        var id = await EntryAsync(token, ct);
        var entry = await db.WaitingListEntries.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, ct);
        if (entry is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        (Run, IsWaiting) = (await BookingSummaries.RunAsync(db, entry.RunId, ct), entry.State == WaitingState.Waiting);
        return Page();
    }

    private Task<Guid?> EntryAsync(string token, CancellationToken ct) =>
        SecretLink.FindAsync(database, WaitingListEntry.LinkPurpose, token, clock.GetUtcNow(), ct);
}
