using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Flags payments whose places were cancelled and whose money nobody and nothing has settled, such as when staff left it for later, and
/// emails the coordinator once for each. What was paid for dates that the partnership cancelled is for <see cref="RefundCancelledDates"/>,
/// and what the policy gives back for <see cref="RefundCancelledPlaces"/>. Each booking is a
/// transaction of its own that asks again under lock; one that dies half-way is found by the next run, and a second run at the
/// same time finds it marked.
/// </summary>
internal sealed class FlagCancelledPayments(TrainingHubDb db, ResolvePaymentProblem close, PaymentMail mail, TimeProvider clock) : IJob
{
    private const int BatchSize = 50;

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<Guid>(
            $"""
            with received as (
                select p.id, p.booking_id, p.paid_at, p.problem is not null and p.problem_closed_at is null as is_open,
                    p.received_amount
                        - (select coalesce(sum(amount_pence), 0) from kept_shares where payment_id = p.id)
                        - (select coalesce(sum(amount_pence), 0) from refunds where payment_id = p.id and state not in ('Failed', 'Undone'))
                        - coalesce((select amount_pence from taken_by_banks where payment_id = p.id), 0) as remains
                from payments p
                where p.state = 'Paid' and p.provider = 'Stripe' and p.received_currency = 'gbp'
            ), bookings_paid as (
                select booking_id, bool_or(is_open) as is_open,
                    (array_agg(id order by paid_at desc) filter (where remains > 0))[1] as payment_id
                from received
                group by booking_id
            )
            select paid.payment_id as "Value"
            from bookings_paid paid
            cross join lateral (
                select sum(greatest(0, owed_pence - written_off_pence)) as owed, sum(paid_pence - refunded_pence - leaving_pence - kept_pence - disputed_pence) as held
                from place_money
                where place_money.booking_id = paid.booking_id
                  and not exists (select from places_ended_with_date ended where ended.place_id = place_money.place_id)
                  and not exists (select from places_settled_by_policy settled where settled.place_id = place_money.place_id)
            ) money
            where paid.payment_id is not null
              and not paid.is_open
              and not exists (
                  select
                  from undoable_acts act
                  where act.subject_id = paid.booking_id and act.undone_id is null and act.held_until > {clock.GetUtcNow()})
              and money.held > money.owed
            order by 1
            limit {BatchSize}
            """).ToListAsync(ct);
        return await OneByOne.RunAsync(found, paymentId => FlagAsync(paymentId, ct));
    }

    private async Task<bool> FlagAsync(Guid paymentId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payment = await PaymentRows.LockAsync(db, paymentId, ct);
        if (payment is null || payment.NeedsAttention || await close.LeftOverAsync(payment, ct) <= await SettledOtherwiseAsync(payment, ct))
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

    private async Task<int> SettledOtherwiseAsync(Payment payment, CancellationToken ct)
    {
        var locked = await BookingLock.TakeAsync(db, payment.BookingId, ct)
            ?? throw new InvalidOperationException($"There is no booking {payment.BookingId}.");
        var ended = await db.PlacesEndedWithDate.Where(place => place.BookingId == payment.BookingId).Select(place => place.PlaceId)
            .Union(db.PlacesSettledByPolicy.Where(place => place.BookingId == payment.BookingId).Select(place => place.PlaceId))
            .ToListAsync(ct);
        var money = await CardMoney.ReadAsync(db, locked, ct);
        return money.Places.Where(place => ended.Contains(place.PlaceId)).Sum(place => place.SparePence);
    }
}
