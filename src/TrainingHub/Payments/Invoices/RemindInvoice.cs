using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// Reminds whoever pays an invoice that it is past its date: friendly the first time, firm after that. The email and the row that says so
/// are one transaction under the booking’s lock, which looks again, so nobody is reminded twice of one day or of what is settled.
/// </summary>
internal sealed class RemindInvoice(TrainingHubDb db, WriteDocuments documents, TimeProvider clock)
{
    /// <summary>So many days after a reminder no job sends the next one: staff may have sent it by hand.</summary>
    private const int QuietDays = 3;

    /// <summary>
    /// Past its date, with somebody to write to, and nothing that speaks against it: not disputed, not replaced, no payment under way with
    /// the bank. A replaced invoice is credited in full and so is settled.
    /// </summary>
    public static IQueryable<Invoice> Of(TrainingHubDb db, DateOnly today) => OverdueInvoices.Of(db, today)
        .Where(invoice => !db.Invoices.Any(next => next.ReplacesId == invoice.Id)
            && db.Bookings.Any(booking => booking.Id == invoice.BookingId && (booking.InvoiceEmail ?? booking.BookerEmail) != null)
            && !db.Payments.Any(payment => payment.BookingId == invoice.BookingId
                && (payment.State == PaymentState.AwaitingBank
                    || (payment.ProblemClosedAt == null && (payment.Problem == PaymentProblem.Disputed || payment.Problem == PaymentProblem.DisputeLost)))));

    /// <summary>Those of <see cref="Of"/> for which the job has this day’s reminder to send. Nobody invented for the demonstration is written to unasked.</summary>
    public static IQueryable<Invoice> Due(TrainingHubDb db, int afterDays, DateTimeOffset now)
    {
        var (today, quietSince) = (London.DateOf(now), now.AddDays(-QuietDays));
        var dueBy = today.AddDays(-afterDays);
        return Of(db, today).Where(invoice => invoice.DueOn <= dueBy
            && db.Bookings.Any(booking => booking.Id == invoice.BookingId && booking.Origin != BookingOrigin.Invented)
            && !db.InvoiceReminders.Any(reminder => reminder.InvoiceId == invoice.Id && (reminder.AfterDays >= afterDays || reminder.SentAt > quietSince)));
    }

    /// <param name="invoiceId"></param>
    /// <param name="afterDays">Of the settings: the reminder that is sent so many days after the due date.</param>
    /// <param name="ct"></param>
    /// <returns>False when there is nothing to remind of any more, or it was done.</returns>
    public async Task<bool> RunAsync(Guid invoiceId, int afterDays, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var bookingId = await db.Invoices.Where(one => one.Id == invoiceId).Select(one => one.BookingId).SingleAsync(ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct);
        if (locked is null || await Due(db, afterDays, now).AsNoTracking().FirstOrDefaultAsync(one => one.Id == invoiceId, ct) is not { } invoice
            || await AddAsync(locked, invoice, afterDays, now, ct) is null)
        {
            return false;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Now, whatever day it is. The form’s key makes a second click harmless.</summary>
    /// <returns>False when there is nothing to remind of any more.</returns>
    public Task<bool> ByHandAsync(Invoice invoice, Guid key, Actor by, CancellationToken ct) => SendAgain.OnceAsync(
        db, invoice.BookingId, key, $"Reminded of invoice {invoice.NumberWords}", by,
        async (locked, now) => await Of(db, London.DateOf(now)).AsNoTracking().FirstOrDefaultAsync(one => one.Id == invoice.Id, ct) is { } open
            ? await AddAsync(locked, open, afterDays: null, now, ct)
            : null,
        clock, ct);

    private async Task<string?> AddAsync(LockedBooking locked, Invoice invoice, int? afterDays, DateTimeOffset now, CancellationToken ct)
    {
        if (SendMoneyAgain.InvoiceAddress(locked.Booking) is not { } address)
        {
            return null;
        }

        var isFirm = await db.InvoiceReminders.AnyAsync(reminder => reminder.InvoiceId == invoice.Id, ct);
        var order = await db.LaterPurchaseOrders.Where(one => one.InvoiceId == invoice.Id).OrderByDescending(one => one.AddedAt).ThenByDescending(one => one.Id)
            .Select(one => one.PurchaseOrder).FirstOrDefaultAsync(ct);
        var summary = await BookingSummaries.ReadAsync(db, locked.Booking, locked.LivePlaces.Count > 0 ? locked.LivePlaces : locked.Places, ct);
        documents.Remind(invoice, address, order ?? invoice.PurchaseOrder, isFirm, summary, now);
        db.Add(new InvoiceReminder { Id = Guid.CreateVersion7(now), InvoiceId = invoice.Id, AfterDays = afterDays, SentAt = now });
        return address;
    }
}
