using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments;

/// <summary>
/// Reads the statement of an organisation: all invoices and credit notes of its bookings, and the money of the places that they ask for.
/// What was paid by card without an invoice is in none.
/// </summary>
internal sealed class ReadStatement(TrainingHubDb db, IOptions<SiteOptions> site, IOptions<InvoiceOptions> invoices, TimeProvider clock)
{
    /// <summary>The first day of a statement unless another is asked for: that of the financial year.</summary>
    public DateOnly UsualFrom => FinancialYear.Of(London.DateOf(clock.GetUtcNow())).From;

    /// <returns>Null for an organisation that is not there.</returns>
    public async Task<Statement?> RunAsync(Guid organisationId, DateOnly from, CancellationToken ct)
    {
        var organisation = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == organisationId, ct);
        if (organisation is null)
        {
            return null;
        }

        var bookings = db.Bookings.Where(booking => booking.OrganisationId == organisationId);
        var issued = await (
            from invoice in db.Invoices
            join booking in bookings on invoice.BookingId equals booking.Id
            orderby invoice.DueOn, invoice.Number
            select new { Invoice = invoice, booking.Reference }).AsNoTracking().ToListAsync(ct);
        var credits = await (
            from note in db.CreditNotes
            join invoice in db.Invoices on note.InvoiceId equals invoice.Id
            join booking in bookings on invoice.BookingId equals booking.Id
            orderby note.Number
            select new { Note = note, Invoice = invoice.Number }).AsNoTracking().ToListAsync(ct);
        var (brought, lines) = Statement.Since(from,
        [
            .. issued.Select(one => new StatementLine(
                one.Invoice.IssuedOn, $"Invoice {one.Invoice.NumberWords}", one.Invoice.PurchaseOrder ?? $"booking {one.Reference}", one.Invoice.AmountPence)),
            .. credits.Select(one => new StatementLine(one.Note.IssuedOn, $"Credit note {one.Note.NumberWords}", $"off {Invoice.WordsOf(one.Invoice)}", -one.Note.AmountPence)),
            .. await MoneyAsync(bookings, ct),
        ]);
        return new()
        {
            Seller = ReadDocuments.SellerOf(site.Value, invoices.Value),
            Party = organisation.Name,
            AddressLines = MoneyDocument.LinesOf(organisation.InvoiceAddress),
            From = from,
            To = London.DateOf(clock.GetUtcNow()),
            BroughtForwardPence = brought,
            Lines = lines,
            Open = [.. issued.Where(one => !one.Invoice.IsSettled).Select(one => new OpenInvoice(
                one.Invoice.NumberWords, one.Invoice.IssuedOn, one.Invoice.DueOn, one.Invoice.PurchaseOrder, one.Invoice.AmountPence, one.Invoice.OpenPence))],
            HowToPay = ReadDocuments.HowToPay(site.Value, invoices.Value),
        };
    }

    // The places of one payment, refund or write-off are one line.
    private async Task<IEnumerable<StatementLine>> MoneyAsync(IQueryable<Booking> bookings, CancellationToken ct)
    {
        var entries = await (
            from entry in db.LedgerEntries
            join booking in bookings on entry.BookingId equals booking.Id
            where entry.Kind != LedgerKind.Charge && entry.Kind != LedgerKind.ChargeReversed && db.Invoices.Any(invoice => invoice.BookingId == booking.Id)
            select new { Entry = entry, booking.Reference }).AsNoTracking().ToListAsync(ct);
        return entries
            .GroupBy(one => (one.Entry.Kind, Source: one.Entry.PaymentId ?? one.Entry.RefundId ?? one.Entry.DisputeId ?? one.Entry.WriteOffId, On: London.DateOf(one.Entry.At), one.Reference))
            .Select(move => new StatementLine(move.Key.On, Words(move.Key.Kind), $"booking {move.Key.Reference}", move.Sum(one => Signed(one.Entry))));
    }

    private static string Words(LedgerKind kind) => kind switch
    {
        LedgerKind.Payment => "Payment, thank you",
        LedgerKind.Refund => "Paid back to you",
        LedgerKind.RefundReturned => "Paid back to you, returned by your bank",
        LedgerKind.Disputed => "Taken back by your bank",
        LedgerKind.DisputeWon => "Returned by your bank",
        LedgerKind.WriteOff => "Written off",
        LedgerKind.WriteOffReversed => "No longer written off",
        LedgerKind.Charge or LedgerKind.ChargeReversed => throw new InvalidOperationException("Documents stand for charges."),
    };

    /// <summary>What it adds to what is owed.</summary>
    private static int Signed(LedgerEntry entry) => entry.Kind switch
    {
        LedgerKind.Refund or LedgerKind.Disputed or LedgerKind.WriteOffReversed => entry.AmountPence,
        LedgerKind.Payment or LedgerKind.RefundReturned or LedgerKind.DisputeWon or LedgerKind.WriteOff => -entry.AmountPence,
        LedgerKind.Charge or LedgerKind.ChargeReversed => 0,
    };
}
