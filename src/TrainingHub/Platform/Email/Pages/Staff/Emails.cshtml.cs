using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TrainingHub.Platform.Email.Pages.Staff;

internal sealed class EmailsModel(TrainingHubDb db, NpgsqlDataSource database, TryEmailsAgain tryAgain) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "state")]
    public EmailState? State { get; set; }

    [FromQuery(Name = "about")]
    public string? About { get; set; }

    public IReadOnlyList<Row> Emails { get; private set; } = [];

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
    };

    public static string TagClass(EmailState state) => state switch
    {
        EmailState.Queued or EmailState.Sending => "govuk-tag--blue",
        EmailState.Sent => "govuk-tag--green",
        EmailState.Waiting => "govuk-tag--yellow",
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
        if (State is { } state)
        {
            found = found.Where(email => email.State == state);
        }

        var count = State is { } one ? Counts.GetValueOrDefault(one) : Counts.Values.Sum();
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
    }

    public async Task<IActionResult> OnPostTryAgainAsync(Guid id, CancellationToken ct)
    {
        TempData["Success"] = await tryAgain.RunAsync(id, ct)
            ? "The email is queued again and goes out in a moment."
            : "The email was already queued or sent. Nothing was changed.";
        return RedirectToPage(new { state = State, about = About });
    }

    public async Task<IActionResult> OnPostTryAllAgainAsync(CancellationToken ct)
    {
        var count = await tryAgain.RunAsync(ct);
        TempData["Success"] = count == 1 ? "One email is queued again." : $"{count} emails are queued again.";
        return RedirectToPage(new { state = State, about = About });
    }

    internal sealed record Row(
        Guid Id, EmailState State, string Kind, string Subject, string To, string? About, int AttemptCount,
        DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset DueAt, string? LastError)
    {
        public bool CanBeTriedAgain => EmailStates.NotDelivered.Contains(State);
    }
}
