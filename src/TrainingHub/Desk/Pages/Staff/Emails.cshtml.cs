using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The emails of the last 90 days. It stands in this room because people are found by their bookings.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class EmailsModel(TrainingHubDb db, NpgsqlDataSource database, TryEmailsAgain tryAgain) : PageModel
{
    private const int PageSize = 50;

    private static readonly string[] Columns = ["written", "kind", "subject", "to", "about", "state", "sent", "tries", "why"];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>A booking's reference, as other pages link to it: the same as to look for it.</summary>
    [FromQuery(Name = "about")]
    public string? About { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    /// <summary>Of one message to many people.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Batch { get; set; }

    public IReadOnlyList<Row> Emails { get; private set; } = [];
    public IReadOnlyDictionary<EmailState, int> Counts { get; private set; } = new Dictionary<EmailState, int>();

    /// <summary>Why none goes out; null when they do.</summary>
    public MailStop? Stop { get; private set; }
    public int Total { get; private set; }
    public int PageNumber { get; private set; }
    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    public static IReadOnlyList<SelectListItem> Kinds { get; } =
        [new("All", ""), .. EmailSearch.Kinds.Select(kind => new SelectListItem(EmailWords.Kind(kind), kind))];

    public bool IsFiltered => (Q + Kind + State + Batch).Length > 0;

    /// <summary>How many of what is looked for are in this state, and its address.</summary>
    public IEnumerable<(string Key, string Words, bool IsCurrent)> States => EmailSearch.States
        .Select(one => (one, Count: CountOf(one.States)))
        .Where(one => one.Count > 0 || one.one.Key is "" or EmailSearch.NotDelivered || one.one.Key == State)
        .Select(one => (one.one.Key, $"{one.one.Words} ({one.Count:N0})", one.one.Key == (State ?? "")));

    public bool CanTryAll => State is nameof(EmailState.Failed) or EmailSearch.NotDelivered && Counts.GetValueOrDefault(EmailState.Failed) > 1;

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken ct)
    {
        Q ??= About;
        var search = new EmailSearch(Q?.Trim(), Kind, State, Sort, Batch);
        var found = search.Of(db);
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "emails", Table(await RowsAsync(db, search, found, 0, ListFile.MostRows, ct)), ct);
        }

        Stop = await MailStop.ReadAsync(database, ct);
        Counts = await found.GroupBy(email => email.State).ToDictionaryAsync(group => group.Key, group => group.Count(), ct);
        Total = CountOf(search.InStates);
        PageNumber = Math.Clamp(number ?? 1, 1, Pages);
        Emails = await RowsAsync(db, search, found, (PageNumber - 1) * PageSize, PageSize, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostTryAllAgainAsync(CancellationToken ct)
    {
        var count = await tryAgain.RunAsync(Actor.Of(User), ct);
        TempData["Success"] = count == 1 ? "One email is queued again." : $"{count} emails are queued again.";
        return RedirectToPage(new { state = State, q = Q, kind = Kind });
    }

    private int CountOf(IReadOnlyList<EmailState> states) => states.Sum(state => Counts.GetValueOrDefault(state));

    private static TextTable Table(IReadOnlyList<Row> rows) => new(Columns, [.. rows.Select(row => new[]
    {
        Moment(row.CreatedAt), EmailWords.Kind(row.Kind), row.Subject, row.To, row.About ?? "", EmailWords.State(row.State), Moment(row.SentAt),
        row.AttemptCount.ToString(CultureInfo.InvariantCulture), row.LastError ?? "",
    })]);

    private static Task<List<Row>> RowsAsync(TrainingHubDb db, EmailSearch search, IQueryable<OutgoingEmail> found, int skip, int take, CancellationToken ct)
    {
        var states = search.InStates;
        return search.Sorted(found.Where(email => states.Contains(email.State)))
            .Skip(skip).Take(take)
            .Select(email => new Row(
                email.Id, email.State, email.Kind, email.Subject, email.ToAddress, email.About, email.AttemptCount,
                email.CreatedAt, email.SentAt, email.DueAt, email.LastError,
                db.Bookings.Any(booking => booking.Reference == email.About)))
            .ToListAsync(ct);
    }

    private static string Moment(DateTimeOffset? at) => at is { } instant ? London.At(instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "";

    internal sealed record Row(
        Guid Id, EmailState State, string Kind, string Subject, string To, string? About, int AttemptCount,
        DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset DueAt, string? LastError, bool IsAboutBooking)
    {
        /// <summary>Again, as it is; the others need a look or another address.</summary>
        public bool CanTry => State == EmailState.Failed;
    }
}
