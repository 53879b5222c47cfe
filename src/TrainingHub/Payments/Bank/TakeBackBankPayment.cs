using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

internal enum TakeBackBankPaymentResult
{
    TakenBack,

    /// <summary>It was taken back before, or is no payment of a bank line.</summary>
    NothingToTakeBack,

    /// <summary>Some of it was paid back, or is kept by a decision: what is left is put right on the booking.</summary>
    PartIsDecided,
}

/// <summary>
/// A bank line was booked on the wrong invoice: the whole payment goes back to the line, which waits again, and the invoice is open again. The
/// ledger keeps both, the payment and what takes it back; no money moves. In one transaction, twice is once.
/// </summary>
internal sealed class TakeBackBankPayment(TrainingHubDb db, TimeProvider clock)
{
    public async Task<TakeBackBankPaymentResult> RunAsync(Guid paymentId, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await PaymentRows.LockAsync(db, paymentId, ct) is not { BankLineId: { } lineId } payment
            || await db.Refunds.AnyAsync(refund => refund.PaymentId == paymentId && refund.Reason == RefundReason.BookedWrongly, ct))
        {
            return TakeBackBankPaymentResult.NothingToTakeBack;
        }

        await BookingLock.TakeAsync(db, payment.BookingId, ct);
        // Each place gives back what this payment brought it: none may have given it away by another payment meanwhile.
        var entered = await db.LedgerEntries.AsNoTracking().Where(entry => entry.PaymentId == paymentId).ToListAsync(ct);
        var has = await db.PlaceMoney.Where(place => place.BookingId == payment.BookingId).ToDictionaryAsync(
            place => place.PlaceId, place => place.PaidPence - place.RefundedPence - place.LeavingPence - place.KeptPence - place.DisputedPence, ct);
        var isDecided = await db.Refunds.AnyAsync(refund => refund.PaymentId == paymentId && !RefundStates.NothingLeaves.Contains(refund.State), ct)
            || await db.KeptShares.Where(share => share.PaymentId == paymentId).SumAsync(share => share.AmountPence, ct) != 0
            || entered.Exists(entry => has[entry.PlaceId] < entry.AmountPence);
        if (isDecided)
        {
            return TakeBackBankPaymentResult.PartIsDecided;
        }

        var refund = Refund.Due(payment, payment.AmountPence, RefundReason.BookedWrongly, by.Id, now);
        refund.Move(RefundState.Succeeded, error: null, now);
        db.Add(refund);
        db.AddRange(entered.Select(entry => new RefundShare { RefundId = refund.Id, PlaceId = entry.PlaceId, AmountPence = entry.AmountPence }));
        var sum = new Money(payment.AmountPence).ToString();
        HistoryEntry.Add<Booking>(db, payment.BookingId, by, "Payment taken back: it was booked here by mistake", [new("Paid", sum, null)], now);
        HistoryEntry.Add<BankLine>(db, lineId, by, "Payment taken back to be booked again", [new("Money", null, sum)], now);
        await db.SaveChangesAsync(ct);
        await RecordRefund.EnterAsync(db, payment, refund, LedgerKind.Refund, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TakeBackBankPaymentResult.TakenBack;
    }
}
