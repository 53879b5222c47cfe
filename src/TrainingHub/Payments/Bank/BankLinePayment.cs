using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>A payment that a bank line made, for pages.</summary>
/// <param name="LineId"></param>
/// <param name="PaymentId"></param>
/// <param name="Pence"></param>
/// <param name="Number">Of the invoice.</param>
/// <param name="BookingReference"></param>
/// <param name="IsTakenBack">It was booked by mistake, and went back to the line.</param>
internal sealed record BankLinePayment(Guid LineId, Guid PaymentId, int Pence, int Number, string BookingReference, bool IsTakenBack)
{
    public string NumberWords => Invoice.WordsOf(Number);

    public static async Task<IReadOnlyList<BankLinePayment>> OfAsync(TrainingHubDb db, IReadOnlyCollection<Guid> lines, CancellationToken ct) => await (
        from payment in db.Payments.AsNoTracking()
        where payment.BankLineId != null && lines.Contains(payment.BankLineId ?? Guid.Empty)
        join booking in db.Bookings on payment.BookingId equals booking.Id
        let invoice = db.LedgerEntries.Where(entry => entry.PaymentId == payment.Id && entry.InvoiceId != null).Select(entry => entry.InvoiceId).FirstOrDefault()
        orderby payment.CreatedAt, payment.Id
        select new BankLinePayment(
            payment.BankLineId ?? Guid.Empty, payment.Id, payment.AmountPence, db.Invoices.Where(one => one.Id == invoice).Select(one => one.Number).FirstOrDefault(), booking.Reference,
            db.Refunds.Any(refund => refund.PaymentId == payment.Id && refund.Reason == RefundReason.BookedWrongly))).ToListAsync(ct);
}
