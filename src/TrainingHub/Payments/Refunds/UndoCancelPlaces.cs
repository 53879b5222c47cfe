using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// Undoes that staff cancelled places, with what they decided about the money: a refund that Stripe has not been asked for is not asked
/// for, one that is recorded as paid back by hand is entered as returned while the act is held, and what was kept is reversed, and what stayed due is not due any more. The
/// ledger is only added to.
/// </summary>
internal sealed class UndoCancelPlaces(TrainingHubDb db, TakeBackCancel places, ResolvePaymentProblem close) : IUndo
{
    public string Brings(UndoableAct act)
    {
        var count = act.What<CancelledBefore>().Places.Count;
        return $"{(count == 1 ? "The place comes" : $"The {count} places come")} back, if {(count == 1 ? "its seat is" : "their seats are")} still free, and what was decided about money is taken back.";
    }

    public async Task LockAsync(UndoableAct act, CancellationToken ct)
    {
        await PaymentRows.LockOfBookingAsync(db, act.SubjectId, ct);
        await BookingLock.TakeAsync(db, act.SubjectId, ct);
    }

    public async Task<UndoRefused?> WhyNotAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct) =>
        await WhyMoneyLeftAsync(act, now, ct) ?? await places.WhyNotAsync(act.SubjectId, act.What<CancelledBefore>(), act.At, now, ct);

    public async Task<UndoRefused?> RunAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        if (await places.RunAsync(act.SubjectId, act.What<CancelledBefore>(), act.At, now, ct) is { } refused)
        {
            return refused;
        }

        await TakeRefundsBackAsync(act, now, ct);
        if (await WhyMoneyLeftAsync(act, now, ct) is { } left)
        {
            return left;
        }

        await ReverseAsync(act, now, ct);
        foreach (var charge in await db.PlaceCharges.Where(one => one.ActId == act.Id && one.State != ChargeState.Withdrawn).ToListAsync(ct))
        {
            charge.Withdraw(now);
        }

        await db.SaveChangesAsync(ct);
        foreach (var payment in await PaymentRows.LockOfBookingAsync(db, act.SubjectId, ct))
        {
            if (payment.ProblemClosedAt == act.At)
            {
                payment.TakeBackResolving();
            }

            await db.SaveChangesAsync(ct);
            await close.RunAsync(payment, now, ct);
        }

        return null;
    }

    public async Task<string?> AddressAsync(Guid subjectId, CancellationToken ct) =>
        await db.Bookings.Where(booking => booking.Id == subjectId).Select(booking => BookingUrls.StaffBooking(booking.Reference)).SingleOrDefaultAsync(ct);

    /// <summary>
    /// A refund and its sender queue at the refund's row: the sender marks it as tried before it asks Stripe, and only one that is due.
    /// </summary>
    private Task<int> TakeRefundsBackAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update refunds
            set state = 'Undone', finished_at = {now}
            where act_id = {act.Id}
              and first_tried_at is null
              and state in ('Due', 'Succeeded')
            """,
            ct);

    private async Task<UndoRefused?> WhyMoneyLeftAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct)
    {
        var refunds = await db.Refunds.AsNoTracking().Where(refund => refund.ActId == act.Id).ToListAsync(ct);
        if (refunds.FirstOrDefault(refund => refund.FirstTriedAt is not null) is { } asked)
        {
            return new(UndoRefusal.MoneySent, $"The refund of {new Money(asked.AmountPence)} went to Stripe {UndoRefused.When(asked.FirstTriedAt ?? now, now)}.");
        }

        return refunds.FirstOrDefault(refund => refund.State == RefundState.Succeeded) is { } byHand && byHand.HeldUntil <= now
            ? new(UndoRefusal.MoneySent, $"{new Money(byHand.AmountPence)} was recorded as paid back by hand {UndoRefused.When(byHand.CreatedAt, now)}.")
            : null;
    }

    private async Task ReverseAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var kept in await db.KeptShares.Where(share => share.ActId == act.Id).ToListAsync(ct))
        {
            db.Add(kept.Reversed(now));
        }

        var entered = await (
            from entry in db.LedgerEntries
            join refund in db.Refunds on entry.RefundId equals refund.Id
            where refund.ActId == act.Id && entry.Kind == LedgerKind.Refund
            select entry).AsNoTracking().ToListAsync(ct);
        db.AddRange(entered.Select(entry => new LedgerEntry
        {
            Id = Guid.CreateVersion7(now),
            BookingId = entry.BookingId,
            PlaceId = entry.PlaceId,
            Kind = LedgerKind.RefundReturned,
            AmountPence = entry.AmountPence,
            RefundId = entry.RefundId,
            At = now,
        }));
        await db.SaveChangesAsync(ct);
    }
}
