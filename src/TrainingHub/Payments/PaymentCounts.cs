using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>What the coordinator has to look at, for the page of the day.</summary>
internal sealed record PaymentCounts(int ProblemsOpen, int RefundsFailed)
{
    public static async Task<PaymentCounts> ReadAsync(TrainingHubDb db, CancellationToken ct)
    {
        var open = OpenProblems.Of(db);
        return new(
            await open.CountAsync(ct),
            await db.Refunds.CountAsync(refund => refund.State == RefundState.Failed && open.Any(payment => payment.Id == refund.PaymentId), ct));
    }
}
