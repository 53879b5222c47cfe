using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>What invoices, the bank and Stripe’s own books leave open.</summary>
internal sealed partial class ReadToDo
{
    private async Task<IReadOnlyList<ToDoRow>> InvoicesAsync(CancellationToken ct)
    {
        var today = London.DateOf(now);
        var rows = await (
            from invoice in OverdueInvoices.Of(db, today)
            join booking in db.Bookings on invoice.BookingId equals booking.Id
            orderby invoice.DueOn, invoice.Number
            select new
            {
                invoice.Number,
                invoice.OpenPence,
                invoice.DueOn,
                booking.Reference,
                To = invoice.BillingName ?? booking.OrganisationName ?? booking.BookerName,
                Reminded = db.InvoiceReminders.Count(reminder => reminder.InvoiceId == invoice.Id),
                LastAt = db.InvoiceReminders.Where(reminder => reminder.InvoiceId == invoice.Id).Max(reminder => (DateTimeOffset?)reminder.SentAt),
                CanRemind = RemindInvoice.Of(db, today).Any(one => one.Id == invoice.Id),
            }).Take(MostOfAKind).ToListAsync(ct);
        return rows.ConvertAll(row => new ToDoRow(
            ToDoKind.PastDue, Invoice.WordsOf(row.Number), PaymentUrls.StaffInvoice(row.Number),
            $"It was to be paid by {London.Words(row.DueOn)}. "
                + (row.LastAt is not { } last ? "Nobody was reminded." : $"Reminded {(row.Reminded == 1 ? "once" : $"{row.Reminded} times")}, last on {London.Words(London.DateOf(last))}."),
            London.Instant(row.DueOn, TimeOnly.MinValue), new Money(row.OpenPence).ToString(), row.OpenPence)
        {
            Who = row.To,
            Reference = row.Reference,
            Act = row.CanRemind ? new("Remind now", $"{PaymentUrls.StaffInvoice(row.Number)}?handler=Remind", IsForm: true) : null,
        });
    }

    private async Task<IReadOnlyList<ToDoRow>> BankAsync(CancellationToken ct)
    {
        var lines = await BankLine.Waiting(db).AsNoTracking().OrderBy(line => line.PaidOn).ThenBy(line => line.Id).Take(MostOfAKind).ToListAsync(ct);
        var matching = lines.Count == 0 ? null : await BankMatching.ReadAsync(db, lines.Select(line => line.Text), lines.Select(line => line.Payer), ct);
        return lines.ConvertAll(line => new ToDoRow(
            ToDoKind.Bank, line.Text.Length > 0 ? line.Text : "Words not kept", PaymentUrls.BankLine(line.Id), Why(matching?.Match(line)),
            London.Instant(line.PaidOn, TimeOnly.MinValue), new Money(line.LeftPence).ToString(), line.LeftPence)
        {
            Act = new("Say what it is for", PaymentUrls.BankLine(line.Id)),
        });
    }

    private static string Why(BankMatch? match) => match?.Proposals is [var first, ..]
        ? $"It may be for {string.Join(" and ", first.Parts.Select(part => Invoice.WordsOf(part.Invoice.Number)))}. Nobody has agreed to it."
        : "It names no invoice, and no open one has its sum.";

    private async Task<IReadOnlyList<ToDoRow>> NotInvoicedAsync(CancellationToken ct)
    {
        var rows = await (
            from gap in NotInvoiced.Of(db, now)
            join booking in db.Bookings on gap.BookingId equals booking.Id
            orderby gap.Since, booking.Id
            select new { gap.Pence, gap.Since, booking.Reference, By = booking.OrganisationName ?? booking.BookerName, HasAddress = (booking.InvoiceEmail ?? booking.BookerEmail) != null })
            .Take(MostOfAKind).ToListAsync(ct);
        return rows.ConvertAll(row => new ToDoRow(
            ToDoKind.NotInvoiced, $"Booking {row.Reference}", BookingUrls.StaffBooking(row.Reference),
            $"{(row.Pence < 0 ? "A credit note" : "An invoice")} for it could not be issued. "
                + (row.HasAddress ? "It is tried again by itself. If it stays here, tell whoever looks after this site." : "There is no address to send it to."),
            row.Since, new Money(Math.Abs(row.Pence)).ToString(), Math.Abs(row.Pence))
        {
            Who = row.By,
            Reference = row.Reference,
            Act = row.HasAddress ? null : new("Add an address", BookingUrls.StaffBooker(row.Reference)),
        });
    }

    private async Task<IReadOnlyList<ToDoRow>> DifferencesAsync(CancellationToken ct)
    {
        var rows = await (
            from one in MoneyDifference.Open(db)
            join payment in db.Payments on one.PaymentId equals payment.Id into payments
            from payment in payments.DefaultIfEmpty()
            join booking in db.Bookings on payment.BookingId equals booking.Id into bookings
            from booking in bookings.DefaultIfEmpty()
            orderby one.FoundAt, one.Id
            select new { one, Reference = (string?)booking.Reference, By = booking.BookerName ?? booking.OrganisationName }).AsNoTracking().Take(MostOfAKind).ToListAsync(ct);
        return rows.ConvertAll(row => new ToDoRow(
            ToDoKind.Difference, row.Reference is { } reference ? $"{DifferenceWords.Kind(row.one.Kind)} for {reference}" : $"{DifferenceWords.Kind(row.one.Kind)} {row.one.StripeId}",
            PaymentUrls.Difference(row.one.Id), $"{DifferenceWords.Why(row.one.Kind, row.one.Ours, row.one.Theirs)}. Here: {DifferenceWords.Sum(row.one.Ours)}. In Stripe: {DifferenceWords.Sum(row.one.Theirs)}.",
            row.one.FoundAt, DifferenceWords.Gap(row.one.Ours, row.one.Theirs), Math.Abs((row.one.OurAmount ?? 0) - (row.one.TheirAmount ?? 0)))
        {
            Who = row.By,
            Reference = row.Reference,
            Act = new("Compare", PaymentUrls.Difference(row.one.Id)),
        });
    }
}
