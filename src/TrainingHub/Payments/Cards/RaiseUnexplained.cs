using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>
/// Puts a payment that Stripe cannot explain before staff, who are told once: not again while it lasts, nor after somebody has dealt
/// with it. It is asked about again after the usual pause.
/// </summary>
internal sealed partial class RaiseUnexplained(TrainingHubDb db, PaymentMail mail, TimeProvider clock, ILogger<RaiseUnexplained> logger)
{
    public async Task RunAsync(Guid paymentId, StripeGatewayException failure, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await PaymentRows.LockAsync(db, paymentId, ct) is not { } payment)
        {
            return;
        }

        payment.Compare(now);
        if (!IsKnown(payment))
        {
            payment.Raise(PaymentProblem.Unexplained);
            var reference = await db.Bookings.Where(booking => booking.Id == payment.BookingId).Select(booking => booking.Reference).SingleAsync(ct);
            mail.TellCoordinator(payment, reference, now);
            LogUnexplained(failure, paymentId);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static bool IsKnown(Payment payment) =>
        (payment.NeedsAttention && payment.IsDisputed)
        || (payment.Problem == PaymentProblem.Unexplained && (payment.NeedsAttention || payment.ProblemClosedById is not null));

    [LoggerMessage(Level = LogLevel.Error, Message = "Stripe cannot explain payment {PaymentId}; staff were told")]
    private partial void LogUnexplained(Exception failure, Guid paymentId);
}
