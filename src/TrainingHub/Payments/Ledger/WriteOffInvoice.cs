using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// Staff write off what is open of an invoice, with a reason, or take that back. About the sum that was shown, so that a second click finds
/// nothing. The row, its ledger entries by place and the history are one transaction under the booking's lock.
/// </summary>
internal sealed class WriteOffInvoice(TrainingHubDb db, TimeProvider clock)
{
    /// <returns>False when it is another sum by now.</returns>
    public async Task<bool> RunAsync(Guid invoiceId, int pence, string reason, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var invoice = await LockAsync(invoiceId, ct);
        var open = await db.InvoiceLineMoney.AsNoTracking()
            .Where(line => line.BookingId == invoice.BookingId && line.InvoiceId == invoiceId)
            .OrderBy(line => line.PlaceId)
            .ToListAsync(ct);
        if (pence <= 0 || open.Sum(line => line.OpenPence) != pence)
        {
            return false;
        }

        var one = new WriteOff { Id = Guid.CreateVersion7(now), InvoiceId = invoiceId, AmountPence = pence, Reason = reason, CreatedAt = now, CreatedById = by.Id };
        db.Add(one);
        db.AddRange(open.Where(line => line.OpenPence > 0).Select(line => Entry(invoice, one.Id, line.PlaceId, LedgerKind.WriteOff, line.OpenPence, now)));
        HistoryEntry.Add<Booking>(db, invoice.BookingId, by, "Invoice written off", [new(invoice.NumberWords, new Money(pence).ToString(), null)], now, reason);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <returns>False when it was taken back before.</returns>
    public async Task<bool> TakeBackAsync(Guid writeOffId, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var was = await db.WriteOffs.AsNoTracking().SingleAsync(one => one.Id == writeOffId, ct);
        var invoice = await LockAsync(was.InvoiceId, ct);
        if (was.ReversesId is not null || await db.WriteOffs.AnyAsync(one => one.ReversesId == writeOffId, ct))
        {
            return false;
        }

        var back = new WriteOff
        {
            Id = Guid.CreateVersion7(now),
            InvoiceId = was.InvoiceId,
            AmountPence = -was.AmountPence,
            Reason = was.Reason,
            CreatedAt = now,
            CreatedById = by.Id,
            ReversesId = writeOffId,
        };
        db.Add(back);
        var entries = await db.LedgerEntries.AsNoTracking().Where(entry => entry.WriteOffId == writeOffId).ToListAsync(ct);
        db.AddRange(entries.Select(entry => Entry(invoice, back.Id, entry.PlaceId, LedgerKind.WriteOffReversed, entry.AmountPence, now)));
        HistoryEntry.Add<Booking>(db, invoice.BookingId, by, "Write-off taken back", [new(invoice.NumberWords, null, new Money(was.AmountPence).ToString())], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<Invoice> LockAsync(Guid invoiceId, CancellationToken ct)
    {
        var invoice = await db.Invoices.AsNoTracking().SingleAsync(one => one.Id == invoiceId, ct);
        await BookingLock.TakeAsync(db, invoice.BookingId, ct);
        return invoice;
    }

    private static LedgerEntry Entry(Invoice invoice, Guid writeOff, Guid place, LedgerKind kind, int pence, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        BookingId = invoice.BookingId,
        PlaceId = place,
        Kind = kind,
        AmountPence = pence,
        WriteOffId = writeOff,
        InvoiceId = invoice.Id,
        At = now,
    };
}
