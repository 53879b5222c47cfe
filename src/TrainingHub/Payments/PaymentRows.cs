using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>
/// The locks of this room. A payment is locked before the dates of its booking, never after, so that no two acts
/// deadlock.
/// </summary>
internal static class PaymentRows
{
    public static Task<Payment?> LockBySessionAsync(TrainingHubDb db, string sessionId, CancellationToken ct) =>
        db.Payments.FromSqlRaw("select * from payments where checkout_session_id = {0} for update", sessionId).SingleOrDefaultAsync(ct);

    public static Task<Payment?> LockAsync(TrainingHubDb db, Guid paymentId, CancellationToken ct) =>
        db.Payments.FromSqlRaw("select * from payments where id = {0} for update", paymentId).SingleOrDefaultAsync(ct);

    /// <summary>All of a booking, in the order of their ids.</summary>
    public static Task<List<Payment>> LockOfBookingAsync(TrainingHubDb db, Guid bookingId, CancellationToken ct) =>
        db.Payments.FromSqlRaw("select * from payments where booking_id = {0} order by id for update", bookingId).ToListAsync(ct);

    public static Task<Payment?> LockByIntentAsync(TrainingHubDb db, string paymentIntent, CancellationToken ct) =>
        db.Payments.FromSqlRaw("select * from payments where payment_intent_id = {0} for update", paymentIntent).SingleOrDefaultAsync(ct);

    /// <summary>
    /// Ends an attempt whose checkout was never stored. Nobody is sent to a checkout before it is stored, so nobody can pay it,
    /// whatever Stripe has made of the call.
    /// </summary>
    public static Task<int> DropUnopenedAsync(TrainingHubDb db, Guid paymentId, CancellationToken ct) =>
        db.Payments
            .Where(payment => payment.Id == paymentId && payment.State == PaymentState.Pending && payment.CheckoutSessionId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(payment => payment.State, PaymentState.Expired), ct);

    /// <summary>Remembers a checkout; false when the attempt was ended meanwhile, and the buyer must not be sent there.</summary>
    public static async Task<bool> StoreCheckoutAsync(TrainingHubDb db, Guid paymentId, StripeSession session, CancellationToken ct) =>
        await db.Payments
            .Where(payment => payment.Id == paymentId && payment.State == PaymentState.Pending
                && (payment.CheckoutSessionId == null || payment.CheckoutSessionId == session.Id))
            .ExecuteUpdateAsync(
                set => set.SetProperty(payment => payment.CheckoutSessionId, session.Id)
                    .SetProperty(payment => payment.CheckoutUrl, session.Url == null ? null : session.Url.AbsoluteUri), ct) == 1;

    /// <summary>Stores an event's id; false when it was acted on before. A second delivery waits here for the first to commit.</summary>
    public static async Task<bool> IsNewAsync(TrainingHubDb db, StripeEventBody heard, DateTimeOffset now, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into stripe_events (id, type, object_id, handled_at)
            values ({heard.Id}, {heard.Type}, {heard.About?.Id}, {now})
            on conflict do nothing
            """,
            ct) == 1;
}
