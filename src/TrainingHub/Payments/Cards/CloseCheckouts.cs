using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>
/// Closes at Stripe every checkout through which money for the booking may still come, and records what Stripe answers: closed for
/// good, or paid after all when the buyer was faster. A bank transfer under way is only asked about. A checkout may be opened
/// meanwhile, so the caller looks again under lock. Throws <see cref="StripeGatewayException"/>; what was closed by then stays closed.
/// Never call it inside a transaction.
/// </summary>
internal sealed class CloseCheckouts(TrainingHubDb db, Checkouts checkouts, RecordPayment record)
{
    public async Task RunAsync(Guid bookingId, CancellationToken ct)
    {
        var open = await db.Payments.AsNoTracking().Where(OpenAttempt.Of(bookingId)).ToListAsync(ct);
        foreach (var payment in open)
        {
            if (payment.CheckoutSessionId is not { } session)
            {
                await PaymentRows.DropUnopenedAsync(db, payment.Id, ct);
                continue;
            }

            var seen = payment.State == PaymentState.AwaitingBank
                ? await checkouts.SeeAsync(session, ct)
                : await checkouts.CloseAsync(payment, session, ct);
            await record.RunAsync(seen, heard: null, ct);
        }
    }
}
