using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>
/// Brings a refund to what Stripe says of it now, in one transaction with the event's id and the ledger. One that was made in
/// Stripe's dashboard becomes a row here. All refunds of a payment queue, so the answer to our own call and the
/// event that tells of it are one refund.
/// </summary>
internal sealed class RecordRefund(TrainingHubDb db, AddRefund add, ResolvePaymentProblem close, PaymentMail mail, TimeProvider clock)
{
    public const string MetadataKey = "refund";

    /// <returns>False when the payment is not one of this site, or not known to be paid yet.</returns>
    public async Task<bool> RunAsync(StripeRefund seen, StripeEventBody? heard, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (heard is not null && !await PaymentRows.IsNewAsync(db, heard, now, ct))
        {
            return true;
        }

        if (seen.PaymentIntent is not { } intent || await PaymentRows.LockByIntentAsync(db, intent, ct) is not { } payment)
        {
            return false;
        }

        var refund = await FindAsync(payment, seen, ct) ?? await MadeElsewhereAsync(payment, seen, now, ct);
        refund.Compare(seen.Id, now);
        payment.Explain(now);
        await MoveAsync(payment, refund, StateOf(seen), seen.FailureReason ?? "refused by the bank", now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Stripe said no, or nothing for too long: the coordinator takes it from here.</summary>
    public async Task FailAsync(Guid refundId, string error, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var paymentId = await db.Refunds.Where(one => one.Id == refundId).Select(one => one.PaymentId).SingleAsync(ct);
        var payment = await PaymentRows.LockAsync(db, paymentId, ct) ?? throw new InvalidOperationException($"There is no payment {paymentId}.");
        var refund = await db.Refunds.SingleAsync(one => one.Id == refundId, ct);
        if (refund.StripeRefundId is null)
        {
            await MoveAsync(payment, refund, RefundState.Failed, error, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task MoveAsync(Payment payment, Refund refund, RefundState next, string error, DateTimeOffset now, CancellationToken ct)
    {
        var was = refund.State;
        if (was == next)
        {
            return;
        }

        refund.Move(next, error, now);
        if (next == RefundState.Succeeded)
        {
            await EnterAsync(db, payment, refund, LedgerKind.Refund, now, ct);
            await mail.TellRefundedAsync(payment, refund, now, ct);
        }
        else if (was == RefundState.Succeeded)
        {
            await EnterAsync(db, payment, refund, LedgerKind.RefundReturned, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await close.RunAsync(payment, now, ct);
        if (next == RefundState.Failed && await close.IsLeftOverAsync(payment, ct))
        {
            payment.Raise(payment.Problem ?? PaymentProblem.PlacesCancelled);
            await mail.TellRefundFailedAsync(payment, refund, now, ct);
        }
    }

    private async Task<Refund?> FindAsync(Payment payment, StripeRefund seen, CancellationToken ct)
    {
        var ours = seen.Metadata?.GetValueOrDefault(MetadataKey) is { } text && Guid.TryParse(text, out var id) ? id : (Guid?)null;
        return await db.Refunds.SingleOrDefaultAsync(
            refund => refund.PaymentId == payment.Id && (refund.StripeRefundId == seen.Id || refund.Id == ours), ct);
    }

    private async Task<Refund> MadeElsewhereAsync(Payment payment, StripeRefund seen, DateTimeOffset now, CancellationToken ct)
    {
        var refund = await add.RunAsync(payment, seen.Amount, RefundReason.MadeInStripe, requestedById: null, now, ct);
        refund.Move(RefundState.Pending, error: null, now);
        await db.SaveChangesAsync(ct);
        return refund;
    }

    /// <summary>Enters in the ledger what of a refund is for which place. Its shares are saved.</summary>
    public static async Task EnterAsync(TrainingHubDb db, Payment payment, Refund refund, LedgerKind kind, DateTimeOffset now, CancellationToken ct)
    {
        if (!payment.IsInPounds)
        {
            return;
        }

        var shares = await db.RefundShares.Where(share => share.RefundId == refund.Id).ToListAsync(ct);
        db.AddRange(shares.Select(share => new LedgerEntry
        {
            Id = Guid.CreateVersion7(now),
            BookingId = payment.BookingId,
            PlaceId = share.PlaceId,
            Kind = kind,
            AmountPence = share.AmountPence,
            RefundId = refund.Id,
            At = now,
        }));
    }

    /// <summary>What it is called here.</summary>
    public static RefundState StateOf(StripeRefund seen) => (seen.Status ?? StripeRefundStatus.Pending) switch
    {
        StripeRefundStatus.Pending or StripeRefundStatus.RequiresAction => RefundState.Pending,
        StripeRefundStatus.Succeeded => RefundState.Succeeded,
        StripeRefundStatus.Failed or StripeRefundStatus.Canceled => RefundState.Failed,
    };
}
