using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>All that needs a person about money, why, and since when; and when it was last compared with Stripe.</summary>
[ForStaff(StaffRight.ReadMoney)]
internal sealed class MoneyToDoModel(TrainingHubDb db, ReadToDo read, TimeProvider clock) : PageModel
{
    internal const int PageSize = 50;
    internal const int QueryLength = 100;
    internal const string All = "all";

    /// <summary>The comparison is of every night; after so long one is missing.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromHours(36);

    /// <summary>The name of a kind, or "all".</summary>
    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = All;

    /// <summary>Part of what a row says, or its sum.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>"waits" or "sum", with a hyphen before it for the opposite order; usually what has a deadline first, then what waits longest.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    // From the query alone: "page" is also the route value that names the Razor page.
    [FromQuery(Name = "page")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ToDoRow> Rows { get; private set; } = [];
    public IReadOnlyDictionary<ToDoKind, int> Counts { get; private set; } = new Dictionary<ToDoKind, int>();
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;
    public bool IsFiltered => Q is { Length: > 0 } || Show != All;

    /// <summary>The last that was finished; null when none was.</summary>
    public StripeComparison? Compared { get; private set; }

    /// <summary>Cards are paid here, and nothing was compared for longer than a night.</summary>
    public bool IsComparisonLate { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var all = await read.RunAsync(ct);
        var wanted = Ordered(all.Where(IsWanted)).ToList();
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "money-to-do", FileOf([.. wanted.Take(ListFile.MostRows)]), ct);
        }

        Counts = all.GroupBy(row => row.Kind).ToDictionary(kind => kind.Key, kind => kind.Count());
        Total = wanted.Count;
        PageNumber = Math.Clamp(PageNumber, 1, Math.Max(Pages, 1));
        Rows = [.. wanted.Skip((PageNumber - 1) * PageSize).Take(PageSize)];
        Compared = await db.StripeComparisons.AsNoTracking().Where(one => one.FinishedAt != null).OrderByDescending(one => one.Day).FirstOrDefaultAsync(ct);
        var since = clock.GetUtcNow() - LongestGap;
        IsComparisonLate = (Compared is null || Compared.FinishedAt < since)
            && await db.Payments.AnyAsync(payment => payment.Provider == PaymentProvider.Stripe && payment.CheckoutSessionId != null && payment.CreatedAt < since, ct);
        return Page();
    }

    /// <summary>"3 days"; less than one is "today".</summary>
    public string Waits(ToDoRow row) => (London.DateOf(clock.GetUtcNow()).DayNumber - London.DateOf(row.Since).DayNumber) switch
    {
        < 1 => "Since today",
        1 => "1 day",
        var days => $"{days:N0} days",
    };

    public bool IsLate(ToDoRow row) => row.DueAt < clock.GetUtcNow();

    private bool IsWanted(ToDoRow row)
    {
        if (Enum.TryParse<ToDoKind>(Show, out var kind) && row.Kind != kind)
        {
            return false;
        }

        if (Q?.Trim() is not { Length: > 0 and <= QueryLength } query)
        {
            return true;
        }

        var part = PersonKey.NameOf(query);
        return (BankAmount.Parse(query) is { } pence && row.Pence == pence)
            || (part.Length > 0 && new[] { row.What, row.Who, row.Reference, row.Why }.Any(words => words is not null && PersonKey.NameOf(words).Contains(part, StringComparison.Ordinal)));
    }

    private IEnumerable<ToDoRow> Ordered(IEnumerable<ToDoRow> rows) => Sort switch
    {
        "waits" => rows.OrderByDescending(row => row.Since),
        "-waits" => rows.OrderBy(row => row.Since),
        "sum" => rows.OrderBy(row => row.Pence).ThenBy(row => row.Since),
        "-sum" => rows.OrderByDescending(row => row.Pence).ThenBy(row => row.Since),
        _ => rows.OrderBy(row => row.DueAt ?? DateTimeOffset.MaxValue).ThenBy(row => row.Since),
    };

    private TextTable FileOf(IReadOnlyList<ToDoRow> rows) => new(
        ["kind", "what", "who", "booking", "why", "since", "days", "answer_by", "sum"],
        [.. rows.Select(row => new[]
        {
            ToDoWords.Kind(row.Kind), row.What, row.Who ?? "", row.Reference ?? "", row.Why, London.DateOf(row.Since).ToString("O", CultureInfo.InvariantCulture),
            $"{Math.Max(0, London.DateOf(clock.GetUtcNow()).DayNumber - London.DateOf(row.Since).DayNumber)}", row.DueAt is { } due ? London.Moment(due) : "", row.Sum.Replace("£", "", StringComparison.Ordinal),
        })]);
}
