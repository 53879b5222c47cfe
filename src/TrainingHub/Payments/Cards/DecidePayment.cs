using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

internal enum DecidePaymentResult
{
    Done,

    /// <summary>Settled before, or another sum by now: look again.</summary>
    Changed,

    /// <summary>Places wait for this money: it can only go back.</summary>
    MustGoBack,

    /// <summary>The payer's bank has taken it, or a part of it: Stripe refunds nothing of such a payment.</summary>
    Disputed,
}

/// <summary>
/// What the coordinator decides about money that is left over: back to the payer, or dealt with otherwise. Each takes the sum
/// that was shown, in the payment's currency, so that a decision is never about another one. Twice is once.
/// </summary>
internal sealed class DecidePayment(TrainingHubDb db, AddRefund refund, ResolvePaymentProblem close, TimeProvider clock)
{
    /// <summary>Makes the refund due; it is sent to Stripe by itself. Places that waited for the decision are released.</summary>
    public Task<DecidePaymentResult> RefundAsync(Guid paymentId, int amount, Actor by, CancellationToken ct) =>
        RunAsync(
            paymentId, amount,
            async (payment, now) =>
            {
                if (amount == 0)
                {
                    return DecidePaymentResult.Changed;
                }

                if (await db.TakenByBanks.AnyAsync(taken => taken.PaymentId == paymentId, ct))
                {
                    return DecidePaymentResult.Disputed;
                }

                await refund.RunAsync(payment, amount, ReasonOf(payment), by.Id, now, ct);
                await db.SaveChangesAsync(ct);
                await close.RunAsync(payment, now, ct, by.Id);
                Note(payment, by, "Refund asked for", amount, now);
                return DecidePaymentResult.Done;
            },
            ct);

    /// <summary>
    /// Keeps the money, or says that it went back by other means or never came; the note says which. Places that waited for money which
    /// did not come are released; should it come after all, it is recorded as any late payment is.
    /// </summary>
    public Task<DecidePaymentResult> KeepAsync(Guid paymentId, int amount, string note, Actor by, CancellationToken ct) =>
        RunAsync(
            paymentId, amount,
            async (payment, now) =>
            {
                if (amount > 0 && await db.Bookings.AnyAsync(booking => booking.Id == payment.BookingId && booking.State == BookingState.Held, ct))
                {
                    return DecidePaymentResult.MustGoBack;
                }

                if (payment.State != PaymentState.Paid)
                {
                    payment.Expire();
                }

                await KeepAsync(payment, amount, now, ct);
                await db.SaveChangesAsync(ct);
                await close.RunAsync(payment, now, ct, by.Id, note);
                Note(payment, by, "Dealt with", amount, now);
                return DecidePaymentResult.Done;
            },
            ct);

    private async Task<DecidePaymentResult> RunAsync(
        Guid paymentId, int amount, Func<Payment, DateTimeOffset, Task<DecidePaymentResult>> act, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await PaymentRows.LockAsync(db, paymentId, ct) is not { } payment
            || (payment.State != PaymentState.Paid && payment is not { NeedsAttention: true, Problem: PaymentProblem.Unexplained })
            || amount < 0 || await close.LeftOverAsync(payment, ct) != amount)
        {
            return DecidePaymentResult.Changed;
        }

        var result = await act(payment, now);
        if (result == DecidePaymentResult.Done)
        {
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        return result;
    }

    private void Note(Payment payment, Actor by, string act, int amount, DateTimeOffset now) =>
        HistoryEntry.Add<Payment>(db, payment.Id, by, act, [new("Left over", PaymentWords.Amount(amount, payment.ReceivedCurrency), null)], now);

    private async Task KeepAsync(Payment payment, int amount, DateTimeOffset now, CancellationToken ct)
    {
        if (amount == 0)
        {
            return;
        }

        var locked = await BookingLock.TakeAsync(db, payment.BookingId, ct)
            ?? throw new InvalidOperationException($"There is no booking {payment.BookingId}.");
        var money = await CardMoney.ReadAsync(db, locked, ct);
        db.AddRange(money.SharesOfRefund(amount).Select(share => new KeptShare
        {
            Id = Guid.CreateVersion7(now),
            PaymentId = payment.Id,
            PlaceId = share.PlaceId,
            AmountPence = share.AmountPence,
        }));
    }

    private static RefundReason ReasonOf(Payment payment) => payment.Problem switch
    {
        PaymentProblem.AmountDiffers or PaymentProblem.CurrencyDiffers => RefundReason.WrongAmount,
        PaymentProblem.PaidLateAndFull => RefundReason.PaidLateAndFull,
        PaymentProblem.NotOwed => RefundReason.NotOwed,
        PaymentProblem.PlacesCancelled or PaymentProblem.Unexplained or PaymentProblem.Disputed or PaymentProblem.DisputeLost or null =>
            RefundReason.BookingCancelled,
    };
}
