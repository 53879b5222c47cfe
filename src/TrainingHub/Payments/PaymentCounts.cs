using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>What the coordinator has to look at, for the page of the day.</summary>
internal sealed record PaymentCounts(int TroubleOpen, int RefundsFailed)
{
    public static async Task<PaymentCounts> ReadAsync(TrainingHubDb db, CancellationToken ct)
    {
        var open = db.Payments.Where(payment => payment.Trouble != null && payment.TroubleClosedAt == null);
        return new(
            await open.CountAsync(ct),
            await db.Refunds.CountAsync(refund => refund.State == RefundState.Failed && open.Any(payment => payment.Id == refund.PaymentId), ct));
    }
}
