using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// Staff send what is open of the invoices of a booking, or its receipt, again, to the address as it is now, with a fresh private link.
/// An invoice that asks for nothing any more is not sent. The form's key makes a second click harmless.
/// </summary>
internal sealed class SendMoneyAgain(TrainingHubDb db, WriteDocuments documents, PaymentMail mail, TimeProvider clock)
{
    /// <returns>False when there is no invoice to pay, or nobody to send it to any more.</returns>
    public Task<bool> InvoiceAsync(Guid bookingId, Guid key, Actor by, CancellationToken ct) => SendAgain.OnceAsync(
        db, bookingId, key, "Invoice sent again", by,
        async (locked, now) =>
        {
            var open = await db.Invoices.AsNoTracking().Where(one => one.BookingId == bookingId && one.OpenPence > 0).OrderBy(one => one.Number).ToListAsync(ct);
            if (open.Count == 0 || InvoiceAddress(locked.Booking) is not { } address)
            {
                return null;
            }

            var places = locked.LivePlaces.Count > 0 ? locked.LivePlaces : locked.Places;
            var summary = await BookingSummaries.ReadAsync(db, locked.Booking, places, ct);
            open.ForEach(invoice => documents.Tell(invoice, address, invoice.OpenPence, summary, now));
            return address;
        },
        clock, ct);

    /// <returns>False when nothing was paid.</returns>
    public Task<bool> ReceiptAsync(Guid bookingId, Guid key, Actor by, CancellationToken ct) => SendAgain.OnceAsync(
        db, bookingId, key, "Receipt sent again", by,
        async (locked, now) =>
        {
            var payment = await db.Payments
                .Where(one => one.BookingId == bookingId && one.State == PaymentState.Paid && one.Provider != PaymentProvider.Imported)
                .OrderByDescending(one => one.PaidAt)
                .FirstOrDefaultAsync(ct);
            if (payment is null || locked.Booking.BookerEmail is not { } address)
            {
                return null;
            }

            await mail.TellReceivedAsync(payment, now, ct);
            return address;
        },
        clock, ct);

    public static string? InvoiceAddress(Booking booking) => booking.InvoiceEmail ?? booking.BookerEmail;
}
