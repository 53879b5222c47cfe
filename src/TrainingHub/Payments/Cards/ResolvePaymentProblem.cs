using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>
/// Closes the problem of a payment once nothing of it is left over, and lets go of places that waited for that decision. A dispute
/// needs a person's note besides. Joins its caller's transaction, which has locked the payment.
/// </summary>
internal sealed class ResolvePaymentProblem(TrainingHubDb db, ReleaseHold release)
{
    public async Task RunAsync(Payment payment, DateTimeOffset now, CancellationToken ct, Guid? staffUserId = null, string? note = null)
    {
        if (!payment.NeedsAttention || (payment.IsDisputed && note is null) || await IsLeftOverAsync(payment, ct))
        {
            return;
        }

        payment.ResolvePaymentProblem(now, staffUserId, note);
        await db.SaveChangesAsync(ct);
        var waits = await db.Bookings.AnyAsync(
            booking => booking.Id == payment.BookingId && booking.State == BookingState.Held && booking.PaymentMethod == PaymentMethod.Card
                && booking.HeldUntil == null, ct);
        if (waits)
        {
            await release.RunAsync(payment.BookingId, now, ct);
        }
    }

    /// <summary>How much of this payment the coordinator still has to decide about, in its own currency.</summary>
    public async Task<int> LeftOverAsync(Payment payment, CancellationToken ct)
    {
        var remains = await RemainsAsync(db, payment, ct);
        if (!payment.IsInPounds)
        {
            return Math.Max(0, remains);
        }

        var locked = await BookingLock.TakeAsync(db, payment.BookingId, ct)
            ?? throw new InvalidOperationException($"There is no booking {payment.BookingId}.");
        var money = await CardMoney.ReadAsync(db, locked, ct);
        // A cancelled one keeps what stays due by the policy.
        var buysNothing = locked.Booking.State is BookingState.Held or BookingState.Expired;
        return Math.Clamp(buysNothing ? money.HeldPence - money.KeptPence : money.SparePence, 0, Math.Max(0, remains));
    }

    /// <summary>What it brought, less what went back or is on its way, what was kept and what the payer's bank has; in its own currency.</summary>
    public static async Task<int> RemainsAsync(TrainingHubDb db, Payment payment, CancellationToken ct)
    {
        var goneBack = await db.Refunds
            .Where(refund => refund.PaymentId == payment.Id && !RefundStates.NothingLeaves.Contains(refund.State))
            .SumAsync(refund => refund.AmountPence, ct);
        var kept = await db.KeptShares.Where(share => share.PaymentId == payment.Id).SumAsync(share => share.AmountPence, ct);
        var taken = await db.TakenByBanks.Where(one => one.PaymentId == payment.Id).SumAsync(one => one.AmountPence, ct);
        return (payment.ReceivedAmount ?? 0) - goneBack - kept - taken;
    }

    public async Task<bool> IsLeftOverAsync(Payment payment, CancellationToken ct) => await LeftOverAsync(payment, ct) > 0;
}
