using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Writing to everybody on some dates: first a preview, then the sending of exactly what was shown.</summary>
internal abstract class MessageFormPage(TrainingHubDb db, SendMessage send, EmailRenderer renderer, LinksInEmail links, TimeProvider clock) : PageModel
{
    [BindProperty]
    public MessageForm Form { get; set; } = new();

    public IReadOnlyList<DateLine> Dates { get; private set; } = [];
    public MessageReaders? Readers { get; private set; }

    /// <summary>Null until the words can be sent.</summary>
    public MessagePreview? Preview { get; private set; }

    /// <summary>Only the people of these bookings get it; null is everybody on the dates.</summary>
    public virtual IReadOnlyList<Guid>? Only => null;

    public IReadOnlyList<SelectListItem> Audiences =>
    [
        new("Delegates with a confirmed place", nameof(MessageAudience.Delegates)),
        new("The people who booked", nameof(MessageAudience.Bookers)),
        .. Only is null ? [new SelectListItem("The people on the waiting list", nameof(MessageAudience.Waiting))] : Array.Empty<SelectListItem>(),
    ];

    protected TrainingHubDb Db => db;

    protected DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>"24 delegates".</summary>
    public string People => Readers is { } readers && Form.To is { } to ? DateMessage.Words(to, readers.People.Count) : "";

    /// <summary>Who gets nothing, and why; null when that is nobody.</summary>
    public string? LeftOut => Readers is not { LeftOut: > 0 } readers ? null : string.Join(" ", new[]
    {
        readers.WithoutAddress == 0 ? null : $"{readers.WithoutAddress} without a known address.",
        readers.Undeliverable == 0 ? null : $"{readers.Undeliverable} whose address does not exist, as their mail server said.",
    }.OfType<string>());

    protected async Task ReadDatesAsync(IReadOnlyList<Guid> runs, CancellationToken ct) => Dates = await SendMessage.DatesAsync(db, runs, ct);

    /// <summary>Looks at the form, and shows the message as its first reader gets it when nothing is wrong.</summary>
    protected async Task<IActionResult> PreviewAsync(CancellationToken ct)
    {
        if (await DraftAsync(ct) is { } draft && Readers is { } readers)
        {
            Preview = await PreviewOfAsync(draft, readers);
            Form.Seen = readers.People.Count;
            ModelState.Clear();
        }

        return Page();
    }

    protected async Task<IActionResult> SendAsync(CancellationToken ct)
    {
        if (await DraftAsync(ct) is not { } draft)
        {
            return Page();
        }

        var seen = Form.Seen;
        var result = await send.RunAsync(draft, seen, User.Actor(), ct);
        if (result == SendMessageResult.Sent)
        {
            TempData["Success"] = $"The message is on its way to {DateMessage.Words(draft.Audience, seen)}.";
            return Redirect(BookingUrls.SentMessage(draft.Id));
        }

        await PreviewAsync(ct);
        ModelState.AddModelError("", result switch
        {
            SendMessageResult.PeopleChanged => $"Nothing was sent: it would go to {People} now, and you saw {seen}. Look at it again",
            SendMessageResult.NotReady or SendMessageResult.Sent => "Nothing was sent: a date has changed. Look at it again",
        });
        return Page();
    }

    /// <summary>Null when something is wrong, which is then said at its field.</summary>
    private async Task<MessageDraft?> DraftAsync(CancellationToken ct)
    {
        if (Form.To is { } to)
        {
            Readers = await MessageReaders.ReadAsync(db, Dates, to, Only, ct);
        }

        if (!ModelState.IsValid || Readers is null || Form is not { To: { } audience, Subject: { } subject, Text: { } text } || Dates.Count == 0)
        {
            return null;
        }

        var draft = new MessageDraft(Form.Key, subject, text, audience, [.. Dates.Select(date => date.Id)], Only);
        if (SendMessage.WhyNotSubject(draft) is { } why)
        {
            ModelState.AddModelError("Form.Subject", why);
        }
        else if (SendMessage.WhyNot(draft, Readers, Dates) is { } reason)
        {
            ModelState.AddModelError("Form.Text", reason);
        }
        else if (Readers.People.Count == 0)
        {
            ModelState.AddModelError("Form.To", $"Nobody would get it. {LeftOut}".Trim());
        }

        return ModelState.IsValid ? draft : null;
    }

    // The links are made for the look of it and thrown away.
    private async Task<MessagePreview> PreviewOfAsync(MessageDraft draft, MessageReaders readers)
    {
        var example = readers.People[0];
        var message = SendMessage.MessageTo(example, draft, readers, send.Links(Now));
        return new(example, message.Subject, links.Hide((await renderer.RenderAsync(message)).Text));
    }
}
