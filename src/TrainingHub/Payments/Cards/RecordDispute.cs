using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>
/// Brings a dispute to what Stripe says of it now, in one transaction with the event's id and the ledger: the money goes out when the
/// bank takes it and comes in again when the dispute is won. Staff are told of a dispute and of its loss, each once, and a win ends the
/// problem. Any order and number of deliveries end the same.
/// </summary>
internal sealed class RecordDispute(TrainingHubDb db, PaymentMail mail, TimeProvider clock)
{
    /// <param name="seen">As fetched from Stripe, never taken from an event's body.</param>
    /// <param name="heard">The event that told of it; null when Stripe was asked without one.</param>
    /// <param name="ct"></param>
    /// <returns>False when the payment is not one of this site.</returns>
    public async Task<bool> RunAsync(StripeDispute seen, StripeEventBody? heard, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (heard is not null && !await PaymentRows.IsNewAsync(db, heard, now, ct))
        {
            return true;
        }

        if (seen.PaymentIntent is not { } intent || await PaymentRows.LockByIntentAsync(db, intent, ct) is not { } payment)
        {
            return false;
        }

        var known = await db.Disputes.SingleOrDefaultAsync(one => one.StripeDisputeId == seen.Id, ct);
        var was = known?.State;
        var dispute = known ?? db.Add(Dispute.Of(payment, seen, now)).Entity;
        dispute.Follow(seen, now);
        await EnterAsync(payment, dispute, now, ct);
        await TellAsync(payment, dispute, was, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task EnterAsync(Payment payment, Dispute dispute, DateTimeOffset now, CancellationToken ct)
    {
        if (!payment.IsInPounds || !dispute.TakesMoney)
        {
            return;
        }

        var entries = await db.LedgerEntries.AsNoTracking().Where(entry => entry.DisputeId == dispute.Id).ToListAsync(ct);
        var taken = entries.Where(entry => entry.Kind == LedgerKind.Disputed).Select(entry => new Share(entry.PlaceId, entry.AmountPence)).ToList();
        if (taken.Count == 0)
        {
            taken = [.. await SharesAsync(payment, dispute, ct)];
            Enter(payment, dispute, LedgerKind.Disputed, taken, now);
        }

        if (dispute.State == DisputeState.Won && !entries.Exists(entry => entry.Kind == LedgerKind.DisputeWon))
        {
            Enter(payment, dispute, LedgerKind.DisputeWon, taken, now);
        }
    }

    private async Task<IReadOnlyList<Share>> SharesAsync(Payment payment, Dispute dispute, CancellationToken ct)
    {
        var locked = await BookingLock.TakeAsync(db, payment.BookingId, ct)
            ?? throw new InvalidOperationException($"There is no booking {payment.BookingId}.");
        var brought = await db.LedgerEntries.Where(entry => entry.PaymentId == payment.Id)
            .GroupBy(entry => entry.PlaceId)
            .ToDictionaryAsync(place => place.Key, place => place.Sum(entry => entry.AmountPence), ct);
        return (await CardMoney.ReadAsync(db, locked, ct)).SharesOfDispute(dispute.AmountPence, brought);
    }

    private void Enter(Payment payment, Dispute dispute, LedgerKind kind, IReadOnlyList<Share> shares, DateTimeOffset now) =>
        db.AddRange(shares.Select(share => new LedgerEntry
        {
            Id = Guid.CreateVersion7(now),
            BookingId = payment.BookingId,
            PlaceId = share.PlaceId,
            Kind = kind,
            AmountPence = share.AmountPence,
            DisputeId = dispute.Id,
            At = now,
        }));

    private Task TellAsync(Payment payment, Dispute dispute, DisputeState? was, DateTimeOffset now, CancellationToken ct) => dispute.State switch
    {
        DisputeState.Open when was is null => RaiseAsync(payment, PaymentProblem.Disputed, dispute.DueAt, now, ct),
        DisputeState.Open => StillOpenAsync(payment, dispute),
        DisputeState.Lost when was != DisputeState.Lost => RaiseAsync(payment, PaymentProblem.DisputeLost, dueAt: null, now, ct),
        DisputeState.Lost => Task.CompletedTask,
        DisputeState.Won => WonAsync(payment, was, now),
    };

    private static Task StillOpenAsync(Payment payment, Dispute dispute)
    {
        if (payment.Problem == PaymentProblem.Disputed)
        {
            payment.AnswerBy(dispute.DueAt);
        }

        return Task.CompletedTask;
    }

    private static Task WonAsync(Payment payment, DisputeState? was, DateTimeOffset now)
    {
        if (was != DisputeState.Won && payment is { IsDisputed: true, NeedsAttention: true })
        {
            payment.ResolvePaymentProblem(now, staffUserId: null, note: null);
        }

        return Task.CompletedTask;
    }

    private async Task RaiseAsync(Payment payment, PaymentProblem problem, DateTimeOffset? dueAt, DateTimeOffset now, CancellationToken ct)
    {
        payment.Raise(problem);
        payment.AnswerBy(dueAt);
        var reference = await db.Bookings.Where(booking => booking.Id == payment.BookingId).Select(booking => booking.Reference).SingleAsync(ct);
        mail.TellCoordinator(payment, reference, now);
    }
}
