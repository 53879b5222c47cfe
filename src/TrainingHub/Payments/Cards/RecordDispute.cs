using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>
/// Tells staff of a dispute and of its loss, each once, and ends the problem when it was won. No money is booked: the ledger still says
/// what Stripe's charge was. One transaction with the event's id; any order and number of deliveries end the same.
/// </summary>
internal sealed class RecordDispute(TrainingHubDb db, PaymentMail mail, TimeProvider clock)
{
    /// <returns>False when the payment is not one of this site.</returns>
    public async Task<bool> RunAsync(StripeDispute seen, StripeEventBody heard, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await PaymentRows.IsNewAsync(db, heard, now, ct))
        {
            return true;
        }

        if (seen.PaymentIntent is not { } intent || await PaymentRows.LockByIntentAsync(db, intent, ct) is not { } payment)
        {
            return false;
        }

        await (seen.Status switch
        {
            StripeDisputeStatus.Open => OpenAsync(payment, seen.DueBy, now, ct),
            StripeDisputeStatus.Lost when payment.Problem != PaymentProblem.DisputeLost => TellAsync(payment, PaymentProblem.DisputeLost, dueAt: null, now, ct),
            StripeDisputeStatus.Lost => Task.CompletedTask,
            StripeDisputeStatus.Won => WinAsync(payment, now),
        });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task OpenAsync(Payment payment, DateTimeOffset? dueAt, DateTimeOffset now, CancellationToken ct)
    {
        if (!payment.IsDisputed)
        {
            await TellAsync(payment, PaymentProblem.Disputed, dueAt, now, ct);
        }
        else if (payment.Problem == PaymentProblem.Disputed)
        {
            payment.AnswerBy(dueAt);
        }
    }

    private static Task WinAsync(Payment payment, DateTimeOffset now)
    {
        if (payment is { IsDisputed: true, NeedsAttention: true })
        {
            payment.ResolvePaymentProblem(now, staffUserId: null, note: null);
        }

        return Task.CompletedTask;
    }

    private async Task TellAsync(Payment payment, PaymentProblem problem, DateTimeOffset? dueAt, DateTimeOffset now, CancellationToken ct)
    {
        payment.Raise(problem);
        payment.AnswerBy(dueAt);
        var reference = await db.Bookings.Where(booking => booking.Id == payment.BookingId).Select(booking => booking.Reference).SingleAsync(ct);
        mail.TellCoordinator(payment, reference, now);
    }
}
