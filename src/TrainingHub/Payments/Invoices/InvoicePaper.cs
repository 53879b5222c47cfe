using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>A line of a document as it was issued. Name is null where nobody was named, or the name is forgotten.</summary>
internal sealed record PaperLine(string Description, string? DelegateName, int Pence);

/// <summary>A credit note with its lines.</summary>
internal sealed record CreditPaper(CreditNote Note, IReadOnlyList<PaperLine> Lines);

/// <summary>An invoice with its lines, its credit notes and what was paid of it.</summary>
internal sealed record InvoicePaper(Invoice Invoice, IReadOnlyList<PaperLine> Lines, IReadOnlyList<CreditPaper> Credits, InvoiceMoney Money)
{
    /// <summary>A purchase order that was given after the invoice was issued, and when; the last one.</summary>
    public LaterPurchaseOrder? LaterOrder { get; private init; }

    /// <summary>The number of the invoice that stands for it now, and of the one that it stands for.</summary>
    public string? ReplacedBy { get; private init; }
    public string? Replaces { get; private init; }

    /// <summary>The payer's order as it is known now.</summary>
    public string? PurchaseOrder => LaterOrder?.PurchaseOrder ?? Invoice.PurchaseOrder;

    /// <summary>All of a booking, the oldest first.</summary>
    public static async Task<IReadOnlyList<InvoicePaper>> OfBookingAsync(TrainingHubDb db, Guid bookingId, CancellationToken ct)
    {
        var invoices = await db.Invoices.AsNoTracking().Where(invoice => invoice.BookingId == bookingId).OrderBy(invoice => invoice.Number).ToListAsync(ct);
        if (invoices.Count == 0)
        {
            return [];
        }

        var ids = invoices.ConvertAll(invoice => invoice.Id);
        var lines = await db.InvoiceLines.AsNoTracking().Where(line => ids.Contains(line.InvoiceId)).OrderBy(line => line.Id).ToListAsync(ct);
        var notes = await db.CreditNotes.AsNoTracking().Where(note => ids.Contains(note.InvoiceId)).OrderBy(note => note.Number).ToListAsync(ct);
        var noteIds = notes.ConvertAll(note => note.Id);
        var credited = await db.CreditNoteLines.AsNoTracking().Where(line => noteIds.Contains(line.CreditNoteId)).OrderBy(line => line.InvoiceLineId).ToListAsync(ct);
        var money = await db.InvoiceMoney.AsNoTracking().Where(one => one.BookingId == bookingId).ToDictionaryAsync(one => one.InvoiceId, ct);
        var orders = await db.LaterPurchaseOrders.AsNoTracking().Where(order => ids.Contains(order.InvoiceId)).OrderBy(order => order.AddedAt).ToListAsync(ct);
        return invoices.ConvertAll(invoice => new InvoicePaper(
            invoice,
            [.. lines.Where(line => line.InvoiceId == invoice.Id).Select(line => new PaperLine(line.Description, line.DelegateName, line.AmountPence))],
            [.. notes.Where(note => note.InvoiceId == invoice.Id).Select(note => new CreditPaper(note, [.. credited.Where(line => line.CreditNoteId == note.Id)
                .Select(line => new PaperLine(line.Description, lines.Find(one => one.Id == line.InvoiceLineId)?.DelegateName, line.AmountPence))]))],
            money[invoice.Id])
        {
            LaterOrder = orders.FindLast(order => order.InvoiceId == invoice.Id),
            ReplacedBy = invoices.Find(other => other.ReplacesId == invoice.Id)?.NumberWords,
            Replaces = invoices.Find(other => other.Id == invoice.ReplacesId)?.NumberWords,
        });
    }
}
