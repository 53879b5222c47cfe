using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>What came into the bank account: first what needs a person, with what is proposed and the act beside it.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class BankModel(TrainingHubDb db, BookBankLine book) : PageModel
{
    internal const int PageSize = 50;
    internal const int QueryLength = 100;
    internal const string Waiting = "waiting";

    internal static readonly (string Value, string Words)[] Filters =
        [(Waiting, "Needs a person"), ("booked", "Booked"), ("aside", "Set aside"), ("all", "All money in")];

    /// <param name="Line"></param>
    /// <param name="Match">Null when it does not wait.</param>
    /// <param name="Booked">The invoices it paid, in words.</param>
    internal sealed record Row(BankLine Line, BankMatch? Match, string Booked);

    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = Waiting;

    /// <summary>Part of what the bank says, a sum, or the number of an invoice that was paid.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Only lines that this file brought.</summary>
    [BindProperty(SupportsGet = true, Name = PaymentUrls.OfBankFile)]
    public Guid? OfFile { get; set; }

    /// <summary>"date", "amount" or "payer", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    // From the query alone: "page" is also the route value that names the Razor page.
    [FromQuery(Name = "page")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public int WaitingPence { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;
    public bool IsFiltered => Q is { Length: > 0 } || Show != Waiting || OfFile is not null;
    public bool IsEmpty { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var wanted = Wanted();
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "bank-lines", FileOf(await ReadAsync(Ordered(wanted).Take(ListFile.MostRows), ct)), ct);
        }

        Total = await wanted.CountAsync(ct);
        IsEmpty = Total == 0 && !await db.BankLines.AnyAsync(ct);
        WaitingPence = await BankLine.Waiting(db).SumAsync(line => line.AmountPence - line.BookedPence, ct);
        PageNumber = Math.Clamp(PageNumber, 1, Math.Max(Pages, 1));
        Rows = await ReadAsync(Ordered(wanted).Skip((PageNumber - 1) * PageSize).Take(PageSize), ct);
        return Page();
    }

    /// <summary>Books what is proposed for a line, as it was shown.</summary>
    [StepUp]
    public async Task<IActionResult> OnPostAsync(Guid line, string? parts, CancellationToken ct)
    {
        var shown = await BankParts.ReadAsync(db, parts, ct);
        var result = shown is null ? BookBankLineResult.Changed : await book.RunAsync(line, shown, User.Actor(), ct);
        if (result == BookBankLineResult.Booked)
        {
            TempData["Success"] = $"Booked: {string.Join("; ", shown!.Select(BankWords.Part))}.";
        }
        else
        {
            TempData["Notice"] = BankParts.Words(result);
        }

        return LocalRedirect("~" + PaymentUrls.Bank + Request.QueryString);
    }

    private IQueryable<BankLine> Wanted()
    {
        var lines = (Show switch
        {
            "booked" => db.BankLines.Where(line => line.BookedPence == line.AmountPence),
            "aside" => db.BankLines.Where(line => line.Outcome != null),
            "all" => db.BankLines,
            _ => BankLine.Waiting(db),
        }).AsNoTracking();
        if (OfFile is { } file)
        {
            lines = lines.Where(line => line.FileId == file);
        }

        if (Q?.Trim() is not { Length: > 0 and <= QueryLength } query)
        {
            return lines;
        }

        var (part, pence) = (PersonKey.NameOf(query), BankAmount.Parse(query));
        var numbers = InvoiceNumbers.In(query).Named.Select(number => number.Number).ToList();
        return lines.Where(line => PersonKey.OfColumn(line.Text).Contains(part) || line.AmountPence == pence
            || db.Payments.Any(payment => payment.BankLineId == line.Id && db.LedgerEntries.Any(
                entry => entry.PaymentId == payment.Id && db.Invoices.Any(invoice => invoice.Id == entry.InvoiceId && numbers.Contains(invoice.Number)))));
    }

    private IOrderedQueryable<BankLine> Ordered(IQueryable<BankLine> lines) => Sort switch
    {
        "date" => lines.OrderBy(line => line.PaidOn).ThenBy(line => line.Id),
        "amount" => lines.OrderBy(line => line.AmountPence).ThenBy(line => line.Id),
        "-amount" => lines.OrderByDescending(line => line.AmountPence).ThenBy(line => line.Id),
        "payer" => lines.OrderBy(line => line.Payer).ThenBy(line => line.Id),
        "-payer" => lines.OrderByDescending(line => line.Payer).ThenBy(line => line.Id),
        _ => lines.OrderByDescending(line => line.PaidOn).ThenByDescending(line => line.Id),
    };

    private async Task<IReadOnlyList<Row>> ReadAsync(IQueryable<BankLine> wanted, CancellationToken ct)
    {
        var lines = await wanted.ToListAsync(ct);
        var waiting = lines.Where(line => line.Waits).ToList();
        var matching = waiting.Count == 0 ? null : await BankMatching.ReadAsync(db, waiting.Select(line => line.Text), waiting.Select(line => line.Payer), ct);
        var paid = (await BankLinePayment.OfAsync(db, lines.ConvertAll(line => line.Id), ct)).Where(payment => !payment.IsTakenBack).ToLookup(payment => payment.LineId);
        return lines.ConvertAll(line => new Row(
            line, line.Waits ? matching?.Match(line) : null, string.Join(", ", paid[line.Id].Select(payment => payment.NumberWords).Distinct())));
    }

    private static TextTable FileOf(IReadOnlyList<Row> rows) => new(
        ["date", "amount", "payer", "bank_says", "state", "booked", "left", "invoices", "proposed", "note"],
        [.. rows.Select(row => new[]
        {
            row.Line.PaidOn.ToString("O", CultureInfo.InvariantCulture), new Money(row.Line.AmountPence).Amount, row.Line.Payer, row.Line.Text, BankWords.State(row.Line),
            new Money(row.Line.BookedPence).Amount, new Money(row.Line.LeftPence).Amount, row.Booked,
            string.Join(" or ", row.Match?.Proposals.Select(proposal => string.Join(" and ", proposal.Parts.Select(part => Invoice.WordsOf(part.Invoice.Number)))) ?? []),
            row.Line.OutcomeNote ?? "",
        })]);
}
