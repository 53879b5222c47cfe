using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Gives back by itself what was paid by card for places that were cancelled, beyond what stays due of them by the policy, and what is
/// left over when such a charge is waived. Each payment is a transaction of its own that asks again under lock, so nothing goes back
/// twice, whoever runs this at the same time or died half-way, and never more than the place has to spare.
/// </summary>
internal sealed class RefundCancelledPlaces(TrainingHubDb db, AddRefund refund, ResolvePaymentProblem close, TimeProvider clock) : IJob
{
    private const int BatchSize = 100;

    public static TimeSpan Every => TimeSpan.FromSeconds(15);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<Guid>(
            $"""
            select payment.id as "Value"
            from payments payment
            join bookings booking on booking.id = payment.booking_id and booking.payment_method in ('Card', 'Invoice', 'FreePlace')
            where payment.state = 'Paid'
              and payment.provider = 'Stripe'
              and payment.received_currency = 'gbp'
              and (payment.problem is null or payment.problem_closed_at is not null)
              and payment.received_amount
                  > (select coalesce(sum(amount_pence), 0) from kept_shares where payment_id = payment.id)
                  + (select coalesce(sum(amount_pence), 0) from refunds where payment_id = payment.id and state not in ('Failed', 'Undone'))
                  + coalesce((select amount_pence from taken_by_banks where payment_id = payment.id), 0)
              and exists (
                  select
                  from places_settled_by_policy settled
                  join place_money money on money.place_id = settled.place_id
                  where settled.booking_id = payment.booking_id
                    and money.paid_pence - money.refunded_pence - money.leaving_pence - money.kept_pence - money.disputed_pence > greatest(0, money.owed_pence - money.written_off_pence)
              )
              and not exists (
                  select
                  from undoable_acts act
                  where act.subject_id = payment.booking_id and act.undone_id is null and act.held_until > {clock.GetUtcNow()})
            order by 1
            limit {BatchSize}
            """).ToListAsync(ct);
        return await OneByOne.RunAsync(found, paymentId => GiveBackAsync(paymentId, ct));
    }

    private async Task<bool> GiveBackAsync(Guid paymentId, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payment = await PaymentRows.LockAsync(db, paymentId, ct);
        if (payment is null || payment.NeedsAttention || await BookingLock.TakeAsync(db, payment.BookingId, ct) is not { } locked)
        {
            return false;
        }

        var settled = await db.PlacesSettledByPolicy.Where(place => place.BookingId == payment.BookingId).Select(place => place.PlaceId).ToListAsync(ct);
        var money = await CardMoney.ReadAsync(db, locked, ct);
        var spare = money.Places.Where(place => settled.Contains(place.PlaceId)).Sum(place => place.SparePence);
        var amount = Math.Min(spare, await close.LeftOverAsync(payment, ct));
        if (amount == 0)
        {
            return false;
        }

        await refund.RunAsync(payment, amount, RefundReason.BookingCancelled, requestedById: null, clock.GetUtcNow(), ct, settled);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
