using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>What is recorded here of money that goes through Stripe, by Stripe's ids, and when each was last compared.</summary>
internal sealed class OurBooks(TrainingHubDb db)
{
    private const int BatchSize = 50;

    public async Task<IReadOnlyDictionary<string, OurMoney>> FindAsync(CompareStep step, IReadOnlyList<string> ids, CancellationToken ct) => step switch
    {
        CompareStep.Payments => (await db.Payments.AsNoTracking().Where(one => ids.Contains(one.CheckoutSessionId!)).ToListAsync(ct)).ToDictionary(one => one.CheckoutSessionId!, Of),
        CompareStep.Refunds => (await (
            from refund in db.Refunds.AsNoTracking()
            where ids.Contains(refund.StripeRefundId!)
            join payment in db.Payments on refund.PaymentId equals payment.Id
            select new { refund, payment.ReceivedCurrency }).ToListAsync(ct)).ToDictionary(
                one => one.refund.StripeRefundId!,
                one => new OurMoney(one.refund.PaymentId, one.refund.StripeRefundId!, new(one.refund.AmountPence, one.ReceivedCurrency ?? Pounds), one.refund.State.ToString())),
        CompareStep.Disputes => (await (
            from dispute in db.Disputes.AsNoTracking()
            where ids.Contains(dispute.StripeDisputeId)
            join payment in db.Payments on dispute.PaymentId equals payment.Id
            select new { dispute, payment.ReceivedCurrency }).ToListAsync(ct)).ToDictionary(
                one => one.dispute.StripeDisputeId,
                one => new OurMoney(
                    one.dispute.PaymentId, one.dispute.StripeDisputeId, new(one.dispute.AmountPence, one.ReceivedCurrency ?? Pounds), $"{one.dispute.State} {one.dispute.TakesMoney}")),
    };

    /// <summary>
    /// Stripe's ids of what the comparison covers and has not looked at: what Stripe's lists did not name, what of it is older and may still
    /// change, and what differed before. The oldest first.
    /// </summary>
    /// <param name="comparison"></param>
    /// <param name="step"></param>
    /// <param name="but">Those that failed in this run.</param>
    /// <param name="ct"></param>
    public Task<List<string>> NotComparedAsync(StripeComparison comparison, CompareStep step, IReadOnlyCollection<string> but, CancellationToken ct)
    {
        // By our own clock, which is Stripe's but in a demonstration.
        var (since, from) = (comparison.StartedAt, comparison.StartedAt - (comparison.Until - comparison.OthersFrom));
        var differing = MoneyDifference.Open(db).Select(one => one.StripeId);
        var left = step switch
        {
            CompareStep.Payments => db.Payments
                .Where(one => one.Provider == PaymentProvider.Stripe && one.State == PaymentState.Paid && one.CheckoutSessionId != null
                    && (one.CheckedAt == null || one.CheckedAt < since)
                    && (one.CheckoutExpiresAt >= comparison.PaymentsFrom || differing.Contains(one.CheckoutSessionId)))
                .OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).Select(one => one.CheckoutSessionId!),
            CompareStep.Refunds => db.Refunds
                .Where(one => one.StripeRefundId != null && (one.CheckedAt == null || one.CheckedAt < since)
                    && (one.CreatedAt >= from || differing.Contains(one.StripeRefundId)))
                .OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).Select(one => one.StripeRefundId!),
            CompareStep.Disputes => db.Disputes
                .Where(one => (one.CheckedAt == null || one.CheckedAt < since)
                    && (one.OpenedAt >= from || one.State == DisputeState.Open || differing.Contains(one.StripeDisputeId)))
                .OrderBy(one => one.OpenedAt).ThenBy(one => one.Id).Select(one => one.StripeDisputeId),
        };
        return left.Where(id => !but.Contains(id)).Take(BatchSize).ToListAsync(ct);
    }

    /// <summary>One row by itself, so that no two are ever locked in another order than somebody else locks them.</summary>
    public Task<int> MarkAsync(CompareStep step, string id, DateTimeOffset now, CancellationToken ct) => step switch
    {
        CompareStep.Payments => db.Payments.Where(one => one.CheckoutSessionId == id && one.State == PaymentState.Paid)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.CheckedAt, now), ct),
        CompareStep.Refunds => db.Refunds.Where(one => one.StripeRefundId == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.CheckedAt, now), ct),
        CompareStep.Disputes => db.Disputes.Where(one => one.StripeDisputeId == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.CheckedAt, now), ct),
    };

    private const string Pounds = "gbp";

    private static OurMoney Of(Payment payment) => payment.State == PaymentState.Paid
        ? new(payment.Id, payment.CheckoutSessionId!, new(payment.ReceivedAmount ?? 0, payment.ReceivedCurrency ?? Pounds), nameof(PaymentState.Paid))
        : new(payment.Id, payment.CheckoutSessionId!, null, "");
}
