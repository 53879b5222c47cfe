using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// Adds a purchase order to an invoice that was issued without it, or with another: exactly as it was typed, beside what was issued. What
/// is issued for the booking later names it too. The one that is known already changes nothing, so twice is once.
/// </summary>
internal sealed class AddPurchaseOrder(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="invoiceId"></param>
    /// <param name="order">1 to <see cref="Booking.PurchaseOrderLength"/> characters.</param>
    /// <param name="by">Null when whoever pays gave it, on the invoice’s own page.</param>
    /// <param name="ct"></param>
    public async Task RunAsync(Guid invoiceId, string order, Actor? by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var invoice = await db.Invoices.AsNoTracking().SingleAsync(one => one.Id == invoiceId, ct);
        var locked = await BookingLock.TakeAsync(db, invoice.BookingId, ct) ?? throw new InvalidOperationException($"There is no booking {invoice.BookingId}.");
        var last = await db.LaterPurchaseOrders.Where(one => one.InvoiceId == invoiceId).OrderByDescending(one => one.AddedAt).ThenByDescending(one => one.Id)
            .Select(one => one.PurchaseOrder).FirstOrDefaultAsync(ct);
        var known = last ?? invoice.PurchaseOrder;
        if (known == order)
        {
            return;
        }

        db.Add(new LaterPurchaseOrder { Id = Guid.CreateVersion7(now), InvoiceId = invoiceId, PurchaseOrder = order, AddedAt = now });
        if (locked.Booking.InvoiceEmail is { } email)
        {
            locked.Booking.SendInvoicesTo(email, order);
        }

        if (by is not null)
        {
            HistoryEntry.Add<Booking>(db, invoice.BookingId, by, $"Purchase order of {invoice.NumberWords} added", [new("Purchase order", known, order)], now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
