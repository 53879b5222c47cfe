using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Puts money whose places were cancelled before the coordinator: marks the payment and sends one email. Each booking is a
/// transaction of its own that asks again under lock; one that dies half-way is found by the next run, and a second run at the
/// same time finds it marked.
/// </summary>
internal sealed class FlagCancelledPayments(TrainingHubDb db, ResolvePaymentProblem close, PaymentMail mail, TimeProvider clock) : IJob
{
    private const int BatchSize = 50;

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var found = await db.Database.SqlQuery<Guid>(
            $"""
            with moved as (
                select booking_id, sum(case kind when 'Refund' then -amount_pence else amount_pence end) as held
                from ledger_entries
                group by booking_id
            ), received as (
                select p.id, p.booking_id, p.paid_at, p.kept_pence, p.problem is not null and p.problem_closed_at is null as is_open,
                    coalesce(sum(r.amount_pence) filter (where r.state in ('Due', 'Pending')), 0) as leaving,
                    p.received_amount - p.kept_pence - coalesce(sum(r.amount_pence) filter (where r.state <> 'Failed'), 0) as remains
                from payments p
                left join refunds r on r.payment_id = p.id
                where p.state = 'Paid' and p.provider = 'Stripe' and p.received_currency = 'gbp'
                group by p.id
            ), bookings_paid as (
                select booking_id, sum(leaving + kept_pence) as spoken_for, bool_or(is_open) as is_open,
                    (array_agg(id order by paid_at desc) filter (where remains > 0))[1] as payment_id
                from received
                group by booking_id
            )
            select paid.payment_id as "Value"
            from bookings_paid paid
            join moved using (booking_id)
            join bookings b on b.id = paid.booking_id
            where paid.payment_id is not null
              and not paid.is_open
              and moved.held - paid.spoken_for > (
                  select coalesce(sum(place.price_pence), 0)
                  from places place
                  where place.booking_id = b.id and place.state in ('Held', 'Confirmed') and b.payment_method = 'Card')
            order by 1
            limit {BatchSize}
            """).ToListAsync(cancellationToken);
        var handled = 0;
        foreach (var paymentId in found)
        {
            handled += await FlagAsync(paymentId, cancellationToken) ? 1 : 0;
        }

        return handled;
    }

    private async Task<bool> FlagAsync(Guid paymentId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payment = await PaymentRows.LockAsync(db, paymentId, ct);
        if (payment is null || payment.NeedsAttention || !await close.IsLeftOverAsync(payment, ct))
        {
            return false;
        }

        payment.Raise(PaymentProblem.PlacesCancelled);
        var reference = await db.Bookings.Where(booking => booking.Id == payment.BookingId).Select(booking => booking.Reference).SingleAsync(ct);
        mail.TellCoordinator(payment, reference, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
