using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// Somebody's place on a waiting list: position, offer, what has happened. Everything is done by a button; opening the link changes nothing.
/// </summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class YourWaitModel(
    NpgsqlDataSource database, TrainingHubDb db, LeaveWaitingList leave, BookingJourney journey, TimeProvider clock) : PageModel
{
    /// <summary>Null when the link is unknown or the date is over.</summary>
    public DateLine? Run { get; private set; }
    public WaitingListEntry? Entry { get; private set; }
    public IReadOnlyList<WaitingListEvent> Events { get; private set; } = [];
    public int? Position { get; private set; }

    /// <summary>How many wait for their turn.</summary>
    public int Waiting { get; private set; }

    /// <summary>Places that are free and too few for them, who are the next.</summary>
    public int Gathered { get; private set; }

    public bool IsOffered { get; private set; }

    /// <summary>Booking has closed, or the offer has ended, which the list sees to within a minute.</summary>
    public bool IsOver { get; private set; }

    [BindProperty]
    [Display(Name = "How many places would do?")]
    public int? Fewer { get; set; }

    public string Heading => Entry is null ? "This link does not work any more"
        : IsOffered ? Entry.PlacesWanted == 1 ? "A place is free for you" : "Places are free for you"
        : Entry.Waits && !IsOver ? "Your place on the waiting list"
        : Entry.State == WaitingState.Booked ? "You have booked"
        : "You are not on the waiting list";

    public string EndWords => Entry?.State switch
    {
        WaitingState.Booked => "You took the offer. The link in our email about the booking opens it.",
        WaitingState.Declined => "You have declined the offer and left the list.",
        WaitingState.Lapsed or WaitingState.Offered => "The offer ended without an answer, so the places go to the next person. You can join the list again, at its end.",
        WaitingState.Left => "You have left the list. We will not write to you about it.",
        WaitingState.Closed or WaitingState.Waiting or WaitingState.SetAside => "Booking has closed and the list with it. There was no place for you on this date.",
        null => "",
    };

    public Task<PageResult> OnGetAsync(string token, CancellationToken ct) => ShowAsync(token, ct);

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken ct)
    {
        if (await EntryAsync(token, ct) is { } entry)
        {
            await leave.RunAsync(entry, ct);
            return Redirect(BookingUrls.YourWait(token));
        }

        return await ShowAsync(token, ct);
    }

    /// <summary>Into the booking journey, with the places that are kept.</summary>
    public async Task<IActionResult> OnPostAcceptAsync(string token, CancellationToken ct)
    {
        await ShowAsync(token, ct);
        if (!IsOffered || Entry is not { } entry || await journey.FindAsync(HttpContext, entry.RunId, ct) is not { } state)
        {
            return Entry is null ? Page() : Redirect(BookingUrls.YourWait(token));
        }

        await ConfirmedAddress.ConfirmAsync(db, entry.Email, clock.GetUtcNow(), ct);
        var answers = state.Answers ?? new();
        answers.Waiting = entry.Id;
        if (answers.People.Count == 0)
        {
            answers.People.Add(new() { Name = entry.Name, Email = entry.Email });
        }

        await journey.SaveAsync(HttpContext, state, answers, ct);
        return Redirect(CatalogueUrls.Book(entry.RunId));
    }

    public async Task<IActionResult> OnPostFewerAsync(string token, CancellationToken ct)
    {
        if (await EntryAsync(token, ct) is not { } id)
        {
            return await ShowAsync(token, ct);
        }

        var page = await ShowAsync(token, ct);
        if (Entry is { Waits: true, State: not WaitingState.Offered } entry && (Fewer is not { } fewer || fewer < 1 || fewer >= entry.PlacesWanted))
        {
            ModelState.AddModelError(nameof(Fewer), entry.PlacesWanted == 2 ? "Enter 1: you asked for 2" : $"Enter a number from 1 to {entry.PlacesWanted - 1}");
            return page;
        }

        await leave.WantFewerAsync(id, Fewer ?? 0, ct);
        return Redirect(BookingUrls.YourWait(token));
    }

    private async Task<PageResult> ShowAsync(string token, CancellationToken ct)
    {
        var (now, id) = (clock.GetUtcNow(), await EntryAsync(token, ct));
        Entry = await db.WaitingListEntries.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, ct);
        Run = Entry is null ? null : await BookingSummaries.RunAsync(db, Entry.RunId, ct);
        if (Entry is not { } entry || Run is not { } run)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        Events = await db.WaitingListEvents.AsNoTracking().Where(one => one.EntryId == entry.Id).OrderBy(one => one.At).ThenBy(one => one.Id).ToListAsync(ct);
        IsOffered = entry.IsOfferedAt(now) && run.IsOpenAt(now);
        IsOver = run.ClosesAt <= now || (entry.State == WaitingState.Offered && !IsOffered);
        Position = await WaitingOrder.PositionAsync(db, entry, ct);
        Waiting = await WaitingOrder.Queue(db, run.Id).CountAsync(ct);
        Gathered = Position == 1 ? Math.Max(0, await OfferPlaces.FreeAsync(db, run.Id, now, ct)) : 0;
        return Page();
    }

    private Task<Guid?> EntryAsync(string token, CancellationToken ct) =>
        SecretLink.FindAsync(database, WaitingListEntry.LinkPurpose, token, clock.GetUtcNow(), ct);
}
