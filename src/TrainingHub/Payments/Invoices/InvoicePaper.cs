using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;

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

    /// <summary>What it asks for after credits.</summary>
    public int NetPence => Money.AmountPence - Money.CreditedPence;

    /// <summary>Whether it can be made out to somebody else: something is left of it, and nobody has given that up.</summary>
    public bool CanReissue => NetPence > 0 && Money.WrittenOffPence == 0 && ReplacedBy is null;

    /// <param name="db"></param>
    /// <param name="number">As printed, "INV-00042"; the prefix and noughts may be left out.</param>
    /// <param name="ct"></param>
    public static async Task<(InvoicePaper Paper, Booking Booking)?> FindAsync(TrainingHubDb db, string number, CancellationToken ct)
    {
        var digits = number.AsSpan(number.StartsWith("INV-", StringComparison.OrdinalIgnoreCase) ? 4 : 0);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var typed)
            || await db.Invoices.Where(invoice => invoice.Number == typed).Select(invoice => new { invoice.Id, invoice.BookingId }).FirstOrDefaultAsync(ct) is not { } found)
        {
            return null;
        }

        var papers = await OfBookingAsync(db, found.BookingId, ct);
        return (papers.First(paper => paper.Invoice.Id == found.Id), await db.Bookings.AsNoTracking().SingleAsync(booking => booking.Id == found.BookingId, ct));
    }

    /// <summary>Whether this number is the invoice's or one of its credit notes'.</summary>
    public bool Has(string number) => Invoice.NumberWords == number || CreditOf(number) is not null;

    public CreditPaper? CreditOf(string number) => Credits.FirstOrDefault(credit => credit.Note.NumberWords == number);

    /// <summary>All of a booking, the oldest first.</summary>
    public static async Task<IReadOnlyList<InvoicePaper>> OfBookingAsync(TrainingHubDb db, Guid bookingId, CancellationToken ct)
    {
        var invoices = await db.Invoices.AsNoTracking().Where(invoice => invoice.BookingId == bookingId).OrderBy(invoice => invoice.Number).ToListAsync(ct);
        if (invoices.Count == 0)
        {
            return [];
        }

        var ids = invoices.ConvertAll(invoice => invoice.Id);
        var lines = await db.InvoiceLines.AsNoTracking().Where(line => ids.Contains(line.InvoiceId)).OrderBy(line => line.PlaceId).ToListAsync(ct);
        var notes = await db.CreditNotes.AsNoTracking().Where(note => ids.Contains(note.InvoiceId)).OrderBy(note => note.Number).ToListAsync(ct);
        var noteIds = notes.ConvertAll(note => note.Id);
        var credited = await db.CreditNoteLines.AsNoTracking().Where(line => noteIds.Contains(line.CreditNoteId)).ToListAsync(ct);
        var money = await db.InvoiceMoney.AsNoTracking().Where(one => one.BookingId == bookingId).ToDictionaryAsync(one => one.InvoiceId, ct);
        var orders = await db.LaterPurchaseOrders.AsNoTracking().Where(order => ids.Contains(order.InvoiceId)).OrderBy(order => order.AddedAt).ThenBy(order => order.Id).ToListAsync(ct);
        return invoices.ConvertAll(invoice => new InvoicePaper(
            invoice,
            [.. lines.Where(line => line.InvoiceId == invoice.Id).Select(line => new PaperLine(line.Description, line.DelegateName, line.AmountPence))],
            [.. notes.Where(note => note.InvoiceId == invoice.Id).Select(note => new CreditPaper(note, [.. credited.Where(line => line.CreditNoteId == note.Id)
                .OrderBy(line => lines.FindIndex(one => one.Id == line.InvoiceLineId))
                .Select(line => new PaperLine(line.Description, lines.Find(one => one.Id == line.InvoiceLineId)?.DelegateName, line.AmountPence))]))],
            money[invoice.Id])
        {
            LaterOrder = orders.FindLast(order => order.InvoiceId == invoice.Id),
            ReplacedBy = invoices.Find(other => other.ReplacesId == invoice.Id)?.NumberWords,
            Replaces = invoices.Find(other => other.Id == invoice.ReplacesId)?.NumberWords,
        });
    }
}
