using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

internal enum ReissueInvoiceResult
{
    Reissued,

    /// <summary>Nothing is left of it to ask somebody else for, or it was reissued before.</summary>
    NothingLeft,

    /// <summary>Another sum is left of it by now than was shown.</summary>
    Changed,
}

/// <summary>
/// An invoice was made out to the wrong addressee: a credit note takes off all that is left of it, and a new invoice asks the right one for
/// the same places, in one transaction. What was paid for the places counts for the new one. Twice is once. Both addressees are told.
/// </summary>
internal sealed class ReissueInvoice(TrainingHubDb db, WriteDocuments write, TimeProvider clock)
{
    /// <param name="invoiceId"></param>
    /// <param name="seenPence">What was shown as left of it after credits.</param>
    /// <param name="to"></param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<ReissueInvoiceResult> RunAsync(Guid invoiceId, int seenPence, BillTo to, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var bookingId = await db.Invoices.Where(one => one.Id == invoiceId).Select(one => one.BookingId).SingleAsync(ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct) ?? throw new InvalidOperationException($"There is no booking {bookingId}.");
        var invoice = await db.Invoices.AsNoTracking().SingleAsync(one => one.Id == invoiceId, ct);
        var left = await (
            from money in db.InvoiceLineMoney
            where money.BookingId == bookingId && money.InvoiceId == invoiceId && money.AmountPence > money.CreditedPence
            join line in db.InvoiceLines on money.LineId equals line.Id
            orderby line.PlaceId
            select new { Line = line, Pence = money.AmountPence - money.CreditedPence, money.WrittenOffPence }).ToListAsync(ct);
        if (left.Count == 0 || left.Exists(line => line.WrittenOffPence != 0) || await db.Invoices.AnyAsync(one => one.ReplacesId == invoiceId, ct))
        {
            return ReissueInvoiceResult.NothingLeft;
        }

        if (left.Sum(line => line.Pence) != seenPence)
        {
            return ReissueInvoiceResult.Changed;
        }

        var lines = left.ConvertAll(line => new NewLine(line.Line.PlaceId, line.Line.Description, line.Line.DelegateName, line.Pence));
        var next = await write.InvoiceAsync(locked.Booking, to, lines, now, ct, invoiceId);
        var credit = await write.CreditAsync(
            invoice, CreditReason.Reissued, left.ConvertAll(line => new NewCredit(line.Line.Id, line.Line.Description, line.Pence)), now, ct);
        locked.Booking.SendInvoicesTo(to.Email, to.PurchaseOrder);

        var summary = await BookingSummaries.ReadAsync(db, locked.Booking, [.. locked.Places.Where(place => left.Exists(line => line.Line.PlaceId == place.Id))], ct);
        var open = await db.InvoiceMoney.Where(money => money.BookingId == bookingId && money.InvoiceId == next.Id).Select(money => money.OpenPence).SingleAsync(ct);
        if (invoice.Email.Length > 0)
        {
            write.Tell(credit, invoice, invoice.Email, openPence: 0, summary, now);
        }

        write.Tell(next, next.Email, open, summary, now);
        HistoryEntry.Add<Booking>(
            db, bookingId, by, "Invoice made out to somebody else", [new("Invoice", invoice.NumberWords, $"{next.NumberWords}, credit note {credit.NumberWords}")], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ReissueInvoiceResult.Reissued;
    }
}
