using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages;

/// <summary>The links of an event for somebody who came or asked for them, also before there are any. Opening it changes nothing; whoever asked can have their address deleted.</summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class RecordingModel(NpgsqlDataSource database, TrainingHubDb db, TimeProvider clock) : PageModel
{
    /// <summary>Null when the link opens nothing.</summary>
    public DateLine? Date { get; private set; }
    public IReadOnlyList<EventLink> Links { get; private set; } = [];
    public DateOnly EndsOn { get; private set; }

    /// <summary>They did not come: all that is known of them is an address.</summary>
    public bool HasAsked { get; private set; }
    public bool IsDeleted { get; private set; }

    /// <summary>Nothing is released yet.</summary>
    public bool IsWaiting { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        await ShowAsync(token, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken ct)
    {
        if (await RecordingReaders.FindAsync(database, db, token, clock.GetUtcNow(), ct) is not { WishId: { } wish })
        {
            await ShowAsync(token, ct);
            return Page();
        }

        await db.DateWishes.Where(one => one.Id == wish).ExecuteDeleteAsync(ct);
        IsDeleted = true;
        return Page();
    }

    private async Task ShowAsync(string token, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await RecordingReaders.FindAsync(database, db, token, now, ct) is not { } reader
            || await BookingSummaries.RunAsync(db, reader.RunId, ct) is not { } date)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        (Date, HasAsked) = (date, reader.WishId is not null);
        if (await db.RecordingReleases.AsNoTracking().SingleOrDefaultAsync(one => one.RunId == reader.RunId, ct) is not { } release)
        {
            IsWaiting = true;
            return;
        }

        EndsOn = release.EndsOn;
        var today = London.DateOf(now);
        var all = await db.EventLinks.AsNoTracking().Where(link => link.RunId == reader.RunId).OrderBy(link => link.AddedAt).ThenBy(link => link.Id).ToListAsync(ct);
        Links = now < release.EndsAt ? [.. all.Where(link => link.IsShownOn(today))] : [];
    }
}
