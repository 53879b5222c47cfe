using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Gives back what was paid by card for places that ended because their date was cancelled, once their booker may choose no other
/// date, and the cancelling can no longer be undone unseen. Nobody has to decide: the partnership cancelled. Each payment is a transaction of its own that asks again under lock, so a
/// second run, or one that died half-way, gives nothing back twice.
/// </summary>
internal sealed class RefundCancelledDates(TrainingHubDb db, AddRefund refund, ResolvePaymentProblem close, TimeProvider clock) : IJob
{
    private const int BatchSize = 100;

    // Another machine's clock may be behind: whoever may choose there still has not been refunded here.
    private static readonly TimeSpan AfterChoice = TimeSpan.FromMinutes(10);

    public static TimeSpan Every => TimeSpan.FromSeconds(15);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<Guid>(
            $"""
            select payment.id as "Value"
            from payments payment
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
                  from places_ended_with_date ended
                  join place_money money on money.place_id = ended.place_id
                  join course_runs run on run.id = ended.run_id
                  where ended.booking_id = payment.booking_id
                    and run.cancelled_at <= {clock.GetUtcNow() - UndoableAct.Hold}
                    and (ended.choose_until is null or ended.choose_until <= {clock.GetUtcNow() - AfterChoice})
                    and money.paid_pence - money.refunded_pence - money.leaving_pence - money.kept_pence - money.disputed_pence > 0
              )
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

        // After the lock: a booker who chose another date until now has it.
        var now = clock.GetUtcNow();
        var ended = await db.PlacesEndedWithDate
            .Where(place => place.BookingId == payment.BookingId && (place.ChooseUntil == null || place.ChooseUntil <= now - AfterChoice))
            .Where(place => db.CourseRuns.Any(run => run.Id == place.RunId && run.CancelledAt <= now - UndoableAct.Hold))
            .Select(place => place.PlaceId)
            .ToListAsync(ct);
        var money = await CardMoney.ReadAsync(db, locked, ct);
        var amount = Math.Min(
            money.Places.Where(place => ended.Contains(place.PlaceId)).Sum(place => place.SparePence),
            await close.LeftOverAsync(payment, ct));
        if (amount == 0)
        {
            return false;
        }

        await refund.RunAsync(payment, amount, RefundReason.BookingCancelled, requestedById: null, now, ct, ended);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
