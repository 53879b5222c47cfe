using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>What bank lines are matched with, as it is now.</summary>
internal sealed record BankMatching(OpenInvoices Invoices, ILookup<string, RememberedPayer> Remembered)
{
    /// <param name="db"></param>
    /// <param name="texts">Of the lines that will be matched: what they name is there although it is settled.</param>
    /// <param name="payers">Of the same lines.</param>
    /// <param name="ct"></param>
    public static async Task<BankMatching> ReadAsync(TrainingHubDb db, IEnumerable<string> texts, IEnumerable<string> payers, CancellationToken ct)
    {
        var named = texts.SelectMany(text => InvoiceNumbers.In(text).Named.Select(number => number.Number)).Distinct().ToList();
        var invoices = await Of(db, db.Invoices.Where(invoice => !invoice.IsSettled || named.Contains(invoice.Number))).ToListAsync(ct);
        var keys = payers.Select(PayerWords.KeyOf).OfType<string>().Distinct().ToList();
        var remembered = await db.BankPayers.AsNoTracking()
            .Where(payer => keys.Contains(payer.PayerKey))
            .OrderBy(payer => payer.Id)
            .Select(payer => new
            {
                payer.PayerKey,
                Organisation = db.Organisations.Where(one => one.Id == payer.OrganisationId).Select(one => one.MergedIntoId ?? (Guid?)one.Id).FirstOrDefault(),
                payer.BookingId,
            }).ToListAsync(ct);
        return new(new OpenInvoices(invoices), remembered.ToLookup(payer => payer.PayerKey, payer => new RememberedPayer(payer.Organisation, payer.BookingId)));
    }

    public BankMatch Match(int pence, string payer, string text) =>
        MatchLine.Find(Invoices, pence, payer, text, PayerWords.KeyOf(payer) is { } key ? Remembered[key] : []);

    /// <summary>What is left of a line that waits.</summary>
    public BankMatch Match(BankLine line) => Match(line.LeftPence, line.Payer, line.Text);

    public static IQueryable<PayableInvoice> Of(TrainingHubDb db, IQueryable<Invoice> invoices) =>
        from invoice in invoices.AsNoTracking()
        join booking in db.Bookings on invoice.BookingId equals booking.Id
        select new PayableInvoice(
            invoice.Id, invoice.Number, invoice.OpenPence, invoice.BillingName ?? booking.OrganisationName ?? booking.BookerName ?? "", booking.Id, booking.Reference,
            db.Organisations.Where(one => one.Id == booking.OrganisationId).Select(one => one.MergedIntoId ?? (Guid?)one.Id).FirstOrDefault());
}
