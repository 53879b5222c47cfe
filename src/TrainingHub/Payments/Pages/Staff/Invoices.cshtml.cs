using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>Invoices as issued. One is past its date while something is left to pay, as far as that is recorded.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class InvoicesModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    internal const int PageSize = 50;
    internal const int QueryLength = 100;
    internal const string Overdue = "overdue";
    internal const string Unpaid = "unpaid";
    internal const string ToRemind = "remind";

    /// <summary>Whoever was reminded so few days ago is left in peace.</summary>
    private const int PeaceDays = 7;

    internal sealed record Line(Invoice Invoice, string Reference, string? Organisation, string? PurchaseOrder, bool IsCancelled, bool IsOverdue);

    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = "all";

    /// <summary>A number, a reference, or part of the organisation, the booker, the address or the purchase order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>The one whose invoices are wanted; the list of aged debt leads here.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Organisation { get; set; }

    /// <summary>What it is called; null when it is none.</summary>
    public string? OrganisationName { get; private set; }

    /// <summary>"number", "due", "amount" or "open", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    // From the query alone: "page" is also the route value that names the Razor page.
    [FromQuery(Name = "page")]
    public int PageNumber { get; set; } = 1;

    private int Skipped => (PageNumber - 1) * PageSize;

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;
    public bool IsFiltered => Q is { Length: > 0 } || Show is Overdue or Unpaid or ToRemind || Organisation is not null;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var today = London.DateOf(clock.GetUtcNow());
        await using var transaction = await PlannedAnew.BeginAsync(db, ct);
        var wanted = Wanted(today);
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "invoices", InvoiceFile(await ReadAsync(Ordered(wanted).Take(ListFile.MostRows), today, ct)), ct);
        }

        OrganisationName = await db.Organisations.Where(one => one.Id == Organisation).Select(one => one.Name).FirstOrDefaultAsync(ct);
        if (Q is { Length: > 0 })
        {
            // Words are looked for once, which also counts what they name; the page is then read by its numbers.
            var numbers = await Ordered(wanted).Select(invoice => invoice.Number).ToListAsync(ct);
            Turn(numbers.Count);
            var shown = numbers.GetRange(Skipped, Math.Min(PageSize, Total - Skipped));
            Lines = await ReadAsync(Ordered(db.Invoices.AsNoTracking().Where(invoice => shown.Contains(invoice.Number))), today, ct);
            return Page();
        }

        Turn(await wanted.CountAsync(ct));
        Lines = await ReadAsync(Ordered(wanted).Skip(Skipped).Take(PageSize), today, ct);
        return Page();
    }

    /// <summary>To the page that was asked for, or the last one that there is.</summary>
    private void Turn(int total)
    {
        Total = total;
        PageNumber = Math.Clamp(PageNumber, 1, Math.Max(Pages, 1));
    }

    private IQueryable<Invoice> Wanted(DateOnly today)
    {
        var peaceSince = clock.GetUtcNow().AddDays(-PeaceDays);
        var invoices = (Show switch
        {
            Overdue => OverdueInvoices.Of(db, today),
            Unpaid => db.Invoices.Where(invoice => !invoice.IsSettled),
            ToRemind => RemindInvoice.Of(db, today).Where(invoice => !db.InvoiceReminders.Any(reminder => reminder.InvoiceId == invoice.Id && reminder.SentAt > peaceSince)),
            _ => db.Invoices,
        }).AsNoTracking();
        if (Organisation is { } organisation)
        {
            invoices = invoices.Where(invoice => db.Bookings.Any(booking => booking.Id == invoice.BookingId && booking.OrganisationId == organisation));
        }

        return Q?.Trim() is { Length: > 0 and <= QueryLength } query ? Named(db, invoices, query) : invoices;
    }

    /// <summary>Those that the words name: by number or reference, or by part of the addressee, the booker, the address or the purchase order.</summary>
    public static IQueryable<Invoice> Named(TrainingHubDb db, IQueryable<Invoice> invoices, string query)
    {
        var number = int.TryParse(query.ToUpperInvariant().Replace("INV-", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var typed) ? typed : 0;
        var reference = Reference.Normalise(query);
        var part = PersonKey.NameOf(query);
        // Each of them by an index: together they would be looked for in every invoice and its booking.
        var named = db.Invoices.Where(invoice => invoice.Number == number || invoice.SearchKey!.Contains(part)).Select(invoice => invoice.Id)
            .Union(db.LaterPurchaseOrders.Where(order => PersonKey.OfColumn(order.PurchaseOrder).Contains(part)).Select(order => order.InvoiceId))
            .Union(
                from booking in db.Bookings
                where booking.Reference == reference || booking.OrganisationKey!.Contains(part) || booking.BookerKey!.Contains(part)
                join invoice in db.Invoices on booking.Id equals invoice.BookingId
                select invoice.Id);
        return invoices.Where(invoice => named.Contains(invoice.Id));
    }

    private IOrderedQueryable<Invoice> Ordered(IQueryable<Invoice> invoices) => Sort switch
    {
        "number" => invoices.OrderBy(invoice => invoice.Number),
        "due" => invoices.OrderBy(invoice => invoice.DueOn).ThenBy(invoice => invoice.Number),
        "-due" => invoices.OrderByDescending(invoice => invoice.DueOn).ThenBy(invoice => invoice.Number),
        "amount" => invoices.OrderBy(invoice => invoice.AmountPence).ThenBy(invoice => invoice.Number),
        "open" => invoices.OrderBy(invoice => invoice.OpenPence).ThenBy(invoice => invoice.Number),
        "-open" => invoices.OrderByDescending(invoice => invoice.OpenPence).ThenBy(invoice => invoice.Number),
        "-amount" => invoices.OrderByDescending(invoice => invoice.AmountPence).ThenBy(invoice => invoice.Number),
        _ => invoices.OrderByDescending(invoice => invoice.Number),
    };

    private async Task<IReadOnlyList<Line>> ReadAsync(IQueryable<Invoice> invoices, DateOnly today, CancellationToken ct)
    {
        var rows = await invoices.ToListAsync(ct);
        var ids = rows.ConvertAll(invoice => invoice.BookingId);
        var bookings = await db.Bookings.Where(booking => ids.Contains(booking.Id))
            .Select(booking => new { booking.Id, booking.Reference, Organisation = booking.OrganisationName ?? booking.BookerName, booking.State })
            .ToDictionaryAsync(booking => booking.Id, ct);
        var invoiceIds = rows.ConvertAll(invoice => invoice.Id);
        var orders = (await db.LaterPurchaseOrders.AsNoTracking().Where(order => invoiceIds.Contains(order.InvoiceId)).ToListAsync(ct))
            .GroupBy(order => order.InvoiceId)
            .ToDictionary(of => of.Key, of => (string?)of.OrderByDescending(order => order.AddedAt).ThenByDescending(order => order.Id).First().PurchaseOrder);
        return rows.ConvertAll(invoice =>
        {
            var booking = bookings[invoice.BookingId];
            return new Line(invoice, booking.Reference, invoice.BillingName ?? booking.Organisation, orders.GetValueOrDefault(invoice.Id, invoice.PurchaseOrder), booking.State == BookingState.Cancelled, !invoice.IsSettled && invoice.DueOn < today);
        });
    }

    private static TextTable InvoiceFile(IReadOnlyList<Line> lines) => new(
        ["number", "booking", "organisation", "email", "purchase_order", "issued", "due", "amount", "open", "settled", "cancelled"],
        [.. lines.Select(line => new[]
        {
            line.Invoice.NumberWords, line.Reference, line.Organisation ?? "", line.Invoice.Email, line.PurchaseOrder ?? "", line.Invoice.IssuedOn.ToString("O", CultureInfo.InvariantCulture),
            line.Invoice.DueOn.ToString("O", CultureInfo.InvariantCulture), new Money(line.Invoice.AmountPence).Amount, new Money(line.Invoice.OpenPence).Amount,
            line.Invoice.IsSettled ? "yes" : "no", line.IsCancelled ? "yes" : "no",
        })]);
}
