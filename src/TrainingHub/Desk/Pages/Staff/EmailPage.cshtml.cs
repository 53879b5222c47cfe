using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>One email: what it said, whether it arrived, and what can be done. Private links are shown to nobody but their owners.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class EmailPageModel(
    TrainingHubDb db, EmailRenderer renderer, LinksInEmail links, SendEmailAgain again, StopEmail stop, SendToCorrectedAddress correct) : PageModel
{
    // An email has its styles inside, and nothing else that a browser would have to run or fetch.
    private const string BodyPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    [BindProperty]
    [Display(Name = "Email address"), Required(ErrorMessage = "Enter an email address"), StringLength(EmailAddress.MaxLength)]
    public string? Address { get; set; }

    /// <summary>Who has the address and gets the corrected one too, by <see cref="AddressOwner.Key"/>.</summary>
    [BindProperty]
    [Display(Name = "If you correct the address, correct it also for")]
    public IReadOnlyList<string> Also { get; set; } = [];

    /// <summary>The id of the copy that may be made, so that a second click makes none.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    public OutgoingEmail Email { get; private set; } = null!;

    /// <summary>The text part as it was sent, or as it would be now; null when it is not held any more.</summary>
    public string? Words { get; private set; }
    public EmailFailure? Failure { get; private set; }
    public bool IsUndeliverable { get; private set; }

    /// <summary>The booking that it is about; null when it is about none, or about one that is not here.</summary>
    public string? Booking { get; private set; }
    public IReadOnlyList<AddressOwner> Owners { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public bool CanBeSent => Email is { Model: not null, State: not EmailState.Sending } and not { IsForReaderAlone: true, State: EmailState.Sent };

    public bool CanBeStopped => EmailStates.CanBeStopped.Contains(Email.State);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        (Address, Key) = (Email.ToAddress, Guid.CreateVersion7());
        Also = EmailStates.NotDelivered.Contains(Email.State) ? [.. Owners.Select(owner => owner.Key)] : [];
        return Page();
    }

    /// <summary>The email as a mail program would show it, alone and without anything that runs.</summary>
    public async Task<IActionResult> OnGetBodyAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct) || Email.ReadableMessage() is not { } message)
        {
            return NotFound();
        }

        Response.Headers.ContentSecurityPolicy = BodyPolicy;
        return Content(links.Hide((await renderer.RenderAsync(message)).Html), "text/html; charset=utf-8");
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var address = EmailAddress.Clean(Address ?? "");
        if (ModelState.IsValid && !EmailAddress.IsValid(address))
        {
            ModelState.AddModelError(nameof(Address), "Enter one email address, like name@example.org");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var owners = Owners.Where(owner => Also.Contains(owner.Key)).ToList();
        return owners.Count > 0 && EmailAddress.KeyOf(address) != EmailAddress.KeyOf(Email.ToAddress)
            ? await CorrectAsync(id, address, owners, ct)
            : await SendAsync(id, address, ct);
    }

    public async Task<IActionResult> OnPostStopAsync(Guid id, CancellationToken ct) => Done(
        id, await stop.RunAsync(id, User.Actor(), ct) ? "It is not sent, and counts no more as something to do." : "Nothing was changed: it was sent, or is being sent.");

    private async Task<IActionResult> CorrectAsync(Guid id, string address, IReadOnlyList<AddressOwner> owners, CancellationToken ct)
    {
        var corrected = $"The address of {string.Join(" and ", owners.Select(owner => owner.Name))} is corrected.";
        var (done, refused) = await correct.RunAsync(Email, Key, address, owners, User.Actor(), ct) switch
        {
            CorrectedResult.Sent => ($"{corrected} The email goes out to {address} in a moment.", ""),
            CorrectedResult.SentAnew => ($"{corrected} A new email of this kind, with links that work, goes out to {address} in a moment.", ""),
            CorrectedResult.OnlyCorrected => ($"{corrected} This email could not be sent again. Send a new one from the booking.", ""),
            CorrectedResult.AlreadyOnDate => ("", "Somebody with this name and the new address has a place on the same date already"),
            CorrectedResult.Changed => ("", "The booking has changed meanwhile. Look at it again"),
        };
        if (refused.Length == 0)
        {
            return Done(id, done);
        }

        ModelState.AddModelError(nameof(Also), refused);
        return Page();
    }

    private async Task<IActionResult> SendAsync(Guid id, string address, CancellationToken ct)
    {
        var result = await again.RunAsync(id, Key, address, kept: null, User.Actor(), ct);
        if (WordsOf(result) is not { } refused)
        {
            return Done(id, $"The email goes out to {address} in a moment.");
        }

        ModelState.AddModelError(nameof(Address), refused);
        return Page();
    }

    private RedirectResult Done(Guid id, string words)
    {
        TempData["Success"] = words;
        return Redirect(DeskUrls.Email(id));
    }

    private static string? WordsOf(SendAgainResult result) => result switch
    {
        SendAgainResult.Queued => null,
        SendAgainResult.NotFound => "It has been forgotten meanwhile",
        SendAgainResult.ForReaderAlone => "It is not sent to another address, nor again when it has gone out: its link is for its reader alone",
        SendAgainResult.BeingSent => "It is being sent at this moment. Look again in a minute",
        SendAgainResult.LinksGone => "It cannot be sent again: a private link in it has run out. Send a new one from the booking",
        SendAgainResult.ContentGone => "It cannot be sent again: what it said is not held any more. Send a new one from the booking",
    };

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await db.OutgoingEmails.AsNoTracking().SingleOrDefaultAsync(email => email.Id == id, ct) is not { } found)
        {
            return false;
        }

        Email = found;
        Failure = EmailFailure.Of(found.State, found.ToAddress, found.LastError);
        Words = found.SentText ?? (found.ReadableMessage() is { } message ? links.Hide((await renderer.RenderAsync(message)).Text) : null);
        IsUndeliverable = (await UndeliverableAddress.AmongAsync(db, [found.ToAddress], ct)).Count > 0;
        Booking = await db.Bookings.Where(booking => booking.Reference == found.About).Select(booking => booking.Reference).SingleOrDefaultAsync(ct);
        Owners = found.IsForReaderAlone ? [] : await AddressOwner.OfAsync(db, found.About, found.ToAddress, ct);
        History = await HistoryEntry.OfAsync<OutgoingEmail>(db, id, ct);
        return true;
    }
}
