using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>What was paid for some places of a booking, over all its payments, which are locked.</summary>
/// <param name="Payments"></param>
/// <param name="PlaceIds"></param>
/// <param name="Pence">More than nought, and no more than these places have to spare.</param>
internal sealed record SpareSum(IReadOnlyList<Payment> Payments, IReadOnlyCollection<Guid> PlaceIds, int Pence);

/// <summary>
/// Gives back or keeps what some places of a booking have to spare, from whichever of its payments has as much left. What came through
/// Stripe becomes refunds that are due; what came by hand is paid back by hand, and is entered as done. Joins its caller's transaction,
/// which has locked the payments and has saved what changed before.
/// </summary>
internal sealed class GiveBack(TrainingHubDb db, AddRefund add, ResolvePaymentProblem close)
{
    public Task RefundAsync(SpareSum sum, RefundReason reason, Actor by, DateTimeOffset now, CancellationToken ct, KeepUndo? undo = null) => RunAsync(
        sum,
        async (payment, pence) =>
        {
            var refund = await add.RunAsync(payment, pence, reason, by.Id, now, ct, sum.PlaceIds, undo);
            await db.SaveChangesAsync(ct);
            if (!payment.IsByStripe)
            {
                refund.Move(RefundState.Succeeded, error: null, now);
                await RecordRefund.EnterAsync(db, payment, refund, LedgerKind.Refund, now, ct);
                await db.SaveChangesAsync(ct);
            }

            await close.RunAsync(payment, now, ct, by.Id);
        },
        ct);

    /// <param name="sum"></param>
    /// <param name="note">Why, in staff's words, without names.</param>
    /// <param name="by"></param>
    /// <param name="now"></param>
    /// <param name="ct"></param>
    /// <param name="undo">Of the act that it follows from, if that can be undone.</param>
    public Task KeepAsync(SpareSum sum, string note, Actor by, DateTimeOffset now, CancellationToken ct, KeepUndo? undo = null) => RunAsync(
        sum,
        async (payment, pence) =>
        {
            var locked = await BookingLock.TakeAsync(db, payment.BookingId, ct)
                ?? throw new InvalidOperationException($"There is no booking {payment.BookingId}.");
            var money = await CardMoney.ReadAsync(db, locked, ct);
            var among = new CardMoney([.. money.Places.Where(place => sum.PlaceIds.Contains(place.PlaceId))]);
            db.AddRange(among.SharesOfRefund(pence).Select(share => new KeptShare
            {
                Id = Guid.CreateVersion7(now),
                PaymentId = payment.Id,
                PlaceId = share.PlaceId,
                AmountPence = share.AmountPence,
                ActId = undo?.Id,
            }));
            await db.SaveChangesAsync(ct);
            await close.RunAsync(payment, now, ct, by.Id, note[..Math.Min(note.Length, Payment.NoteLength)]);
        },
        ct);

    private async Task RunAsync(SpareSum sum, Func<Payment, int, Task> act, CancellationToken ct)
    {
        var left = sum.Pence;
        foreach (var payment in sum.Payments.Where(payment => payment is { State: PaymentState.Paid, IsInPounds: true }).OrderByDescending(payment => payment.IsByStripe))
        {
            var taken = Math.Min(left, await ResolvePaymentProblem.RemainsAsync(db, payment, ct));
            if (taken > 0)
            {
                await act(payment, taken);
                left -= taken;
            }
        }

        if (left > 0)
        {
            throw new InvalidOperationException($"The payments have {left} pence less than the places {string.Join(", ", sum.PlaceIds)}.");
        }
    }
}
