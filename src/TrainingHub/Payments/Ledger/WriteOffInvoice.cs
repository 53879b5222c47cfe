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

        Add(invoice, [.. open.Where(line => line.OpenPence > 0).Select(line => new Share(line.PlaceId, line.OpenPence))], reason, by.Id, now);
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

        await ReverseAsync(invoice, was, by.Id, now, ct);
        HistoryEntry.Add<Booking>(db, invoice.BookingId, by, "Write-off taken back", [new(invoice.NumberWords, null, new Money(was.AmountPence).ToString())], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>
    /// A credit note asks no more for what nobody expected to be paid: of that nothing is written off any longer. What was written off of the
    /// invoice is taken back, and what is left of it written off anew, in the name of whoever did it last. Joins its caller's transaction,
    /// which has saved the credit note.
    /// </summary>
    public async Task FollowCreditAsync(Invoice invoice, DateTimeOffset now, CancellationToken ct)
    {
        var lines = await db.InvoiceLineMoney.AsNoTracking()
            .Where(line => line.BookingId == invoice.BookingId && line.InvoiceId == invoice.Id)
            .OrderBy(line => line.LineId)
            .ToListAsync(ct);
        if (lines.TrueForAll(line => line.WrittenOffPence <= line.NetPence))
        {
            return;
        }

        var standing = await db.WriteOffs.AsNoTracking()
            .Where(one => one.InvoiceId == invoice.Id && one.ReversesId == null && !db.WriteOffs.Any(back => back.ReversesId == one.Id))
            .OrderBy(one => one.CreatedAt).ThenBy(one => one.Id)
            .ToListAsync(ct);
        foreach (var one in standing)
        {
            await ReverseAsync(invoice, one, one.CreatedById, now, ct);
        }

        var left = lines.ConvertAll(line => new Share(line.PlaceId, Math.Min(line.WrittenOffPence, line.NetPence))).FindAll(share => share.AmountPence > 0);
        if (left.Count > 0)
        {
            Add(invoice, left, standing[^1].Reason, standing[^1].CreatedById, now);
        }

        await db.SaveChangesAsync(ct);
    }

    private void Add(Invoice invoice, IReadOnlyList<Share> shares, string reason, Guid by, DateTimeOffset now)
    {
        var one = new WriteOff
        {
            Id = Guid.CreateVersion7(now),
            InvoiceId = invoice.Id,
            AmountPence = shares.Sum(share => share.AmountPence),
            Reason = reason,
            CreatedAt = now,
            CreatedById = by,
        };
        db.Add(one);
        db.AddRange(shares.Select(share => Entry(invoice, one.Id, share.PlaceId, LedgerKind.WriteOff, share.AmountPence, now)));
    }

    private async Task ReverseAsync(Invoice invoice, WriteOff was, Guid by, DateTimeOffset now, CancellationToken ct)
    {
        var back = new WriteOff
        {
            Id = Guid.CreateVersion7(now),
            InvoiceId = invoice.Id,
            AmountPence = -was.AmountPence,
            Reason = was.Reason,
            CreatedAt = now,
            CreatedById = by,
            ReversesId = was.Id,
        };
        db.Add(back);
        var entries = await db.LedgerEntries.AsNoTracking().Where(entry => entry.WriteOffId == was.Id).ToListAsync(ct);
        db.AddRange(entries.Select(entry => Entry(invoice, back.Id, entry.PlaceId, LedgerKind.WriteOffReversed, entry.AmountPence, now)));
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
