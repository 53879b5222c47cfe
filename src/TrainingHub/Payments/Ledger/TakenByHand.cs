using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>Adds a payment that staff took, with its entries of the ledger, in its caller's transaction under the booking's lock.</summary>
internal static class TakenByHand
{
    private static readonly TimeOnly Midday = new(12, 0);

    /// <param name="db"></param>
    /// <param name="bookingId"></param>
    /// <param name="taken"></param>
    /// <param name="shares">They add up to what was taken.</param>
    /// <param name="invoiceId">The invoice that was paid, where one was.</param>
    /// <param name="now"></param>
    /// <param name="ct"></param>
    public static async Task<Payment> AddAsync(
        TrainingHubDb db, Guid bookingId, DeskPayment taken, IReadOnlyList<Share> shares, Guid? invoiceId, DateTimeOffset now, CancellationToken ct)
    {
        var paidAt = taken.PaidOn == London.DateOf(now) ? now : London.Instant(taken.PaidOn, Midday);
        var attempts = await db.Payments.Where(one => one.BookingId == bookingId).Select(one => one.Attempt).ToListAsync(ct);
        var payment = new Payment
        {
            Id = Guid.CreateVersion7(now),
            BookingId = bookingId,
            Provider = PaymentProvider.Desk,
            Attempt = attempts.DefaultIfEmpty().Max() + 1,
            AmountPence = taken.Pence,
            CreatedAt = now,
            DeskWay = taken.Way,
            DeskReference = taken.Reference,
            BankLineId = taken.BankLineId,
        };
        payment.Receive(taken.Pence, "gbp", paymentIntentId: null, paidAt);
        db.Add(payment);
        db.AddRange(shares.Select(share => new LedgerEntry
        {
            Id = Guid.CreateVersion7(now),
            BookingId = bookingId,
            PlaceId = share.PlaceId,
            Kind = LedgerKind.Payment,
            AmountPence = share.AmountPence,
            PaymentId = payment.Id,
            InvoiceId = invoiceId,
            At = paidAt,
        }));
        return payment;
    }
}
