using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TrainingHub.Platform.Email.Pages.Staff;

internal sealed class EmailsModel(TrainingHubDb db, NpgsqlDataSource database, TryEmailsAgain tryAgain) : PageModel
{
    private const int PageSize = 50;

    /// <summary>What the list can be narrowed to, by its word in the address.</summary>
    public static readonly IReadOnlyList<(string Key, string Words, IReadOnlyList<EmailState> States)> Filters =
    [
        ("", "All", Enum.GetValues<EmailState>()),
        (NotDelivered, "Did not go out", EmailStates.NotDelivered),
        .. Enum.GetValues<EmailState>().Select(state => (state.ToString(), Words(state), (IReadOnlyList<EmailState>)[state])),
    ];

    public const string NotDelivered = "NotDelivered";

    /// <summary>One of <see cref="Filters"/>; what is none of them shows all.</summary>
    [BindProperty(SupportsGet = true, Name = "state")]
    public string? State { get; set; }

    [FromQuery(Name = "about")]
    public string? About { get; set; }

    public IReadOnlyList<Row> Emails { get; private set; } = [];

    /// <summary>Who last tried one again, by its id.</summary>
    public IReadOnlyDictionary<Guid, HistoryEntry> TriedAgain { get; private set; } = new Dictionary<Guid, HistoryEntry>();

    public IReadOnlyDictionary<EmailState, int> Counts { get; private set; } = new Dictionary<EmailState, int>();

    /// <summary>Why none goes out; null when they do.</summary>
    public MailStop? Stop { get; private set; }

    public int PageNumber { get; private set; }

    public int Pages { get; private set; }

    /// <summary>The state in the words that staff see.</summary>
    public static string Words(EmailState state) => state switch
    {
        EmailState.Queued => "Queued",
        EmailState.Sending => "Being sent",
        EmailState.Sent => "Sent",
        EmailState.Waiting => "Will be tried again",
        EmailState.Failed => "Failed",
        EmailState.Bounced => "No such mailbox",
        EmailState.Withheld => "Held back: too many at once",
    };

    public static string TagClass(EmailState state) => state switch
    {
        EmailState.Queued or EmailState.Sending => "govuk-tag--blue",
        EmailState.Sent => "govuk-tag--green",
        EmailState.Waiting or EmailState.Withheld => "govuk-tag--yellow",
        EmailState.Failed or EmailState.Bounced => "govuk-tag--red",
    };

    /// <summary>"booking-confirmed" as "Booking confirmed".</summary>
    public static string Words(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..].Replace('-', ' ');

    public async Task OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken ct)
    {
        Stop = await MailStop.ReadAsync(database, ct);
        var found = db.OutgoingEmails.AsNoTracking();
        if (About?.Trim().ToUpperInvariant() is { Length: > 0 } about)
        {
            found = found.Where(email => email.About == about);
        }

        Counts = await found.GroupBy(email => email.State).ToDictionaryAsync(group => group.Key, group => group.Count(), ct);
        var states = Filters.FirstOrDefault(filter => filter.Key == State, Filters[0]).States;
        found = found.Where(email => states.Contains(email.State));
        var count = CountOf(states);
        Pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        PageNumber = Math.Clamp(number ?? 1, 1, Pages);
        Emails = await found
            .OrderByDescending(email => email.CreatedAt).ThenByDescending(email => email.Id)
            .Skip((PageNumber - 1) * PageSize)
            .Take(PageSize)
            .Select(email => new Row(
                email.Id, email.State, email.Kind, email.Subject, email.ToAddress, email.About, email.AttemptCount,
                email.CreatedAt, email.SentAt, email.DueAt, email.LastError))
            .ToListAsync(ct);
        TriedAgain = await HistoryEntry.LastAsync(db, Emails.Select(email => email.Id), ct);
    }

    public int CountOf(IReadOnlyList<EmailState> states) => states.Sum(state => Counts.GetValueOrDefault(state));

    public async Task<IActionResult> OnPostTryAgainAsync(Guid id, CancellationToken ct)
    {
        TempData["Success"] = await tryAgain.RunAsync(id, Actor.Of(User), ct)
            ? "The email is queued again and goes out in a moment."
            : "The email was already queued or sent. Nothing was changed.";
        return RedirectToPage(new { state = State, about = About });
    }

    public async Task<IActionResult> OnPostTryAllAgainAsync(CancellationToken ct)
    {
        var count = await tryAgain.RunAsync(Actor.Of(User), ct);
        TempData["Success"] = count == 1 ? "One email is queued again." : $"{count} emails are queued again.";
        return RedirectToPage(new { state = State, about = About });
    }

    internal sealed record Row(
        Guid Id, EmailState State, string Kind, string Subject, string To, string? About, int AttemptCount,
        DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset DueAt, string? LastError)
    {
        public bool CanBeTriedAgain => EmailStates.CanBeTriedAgain.Contains(State);
    }
}
