using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

internal enum RecordResult
{
    /// <summary>Not a checkout of this site.</summary>
    Unknown,

    /// <summary>Nothing had changed, or this event was acted on before.</summary>
    Known,
    Open,
    AwaitingBank,

    /// <summary>The money is recorded; the booking says what became of the places.</summary>
    Paid,
    Expired,
}

/// <summary>
/// Brings a payment to what Stripe says of its checkout now, in one transaction: the event's id, the money with its ledger entry,
/// then the places. Any order and any number of deliveries end the same. Money is recorded first, whatever becomes of the places:
/// paid late and full, or paid twice, is a refund that is due from that moment; a wrong sum or currency waits for the coordinator.
/// </summary>
internal sealed class RecordPayment(TrainingHubDb db, SettlePayment settle, ReleaseHold release, TimeProvider clock)
{
    /// <summary>A bank transfer keeps its places for as long as it is under way, a day at a time.</summary>
    public static readonly TimeSpan BankHold = TimeSpan.FromDays(1);

    /// <param name="seen">The checkout, fetched from Stripe, never taken from an event's body.</param>
    /// <param name="heard">The event that told of it; null when Stripe was asked without one.</param>
    /// <param name="ct"></param>
    public async Task<RecordResult> RunAsync(SeenCheckout seen, StripeEventBody? heard, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (heard is not null && !await PaymentRows.IsNewAsync(db, heard, now, ct))
        {
            return RecordResult.Known;
        }

        if (await PaymentRows.LockBySessionAsync(db, seen.Session.Id, ct) is not { } payment)
        {
            return RecordResult.Unknown;
        }

        payment.Compare(now);
        var result = await RecordAsync(payment, seen, now, ct);
        payment.Explain(now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return result;
    }

    private async Task<RecordResult> RecordAsync(Payment payment, SeenCheckout seen, DateTimeOffset now, CancellationToken ct)
    {
        if (payment.State == PaymentState.Paid)
        {
            return RecordResult.Known;
        }

        if (seen.IsPaid)
        {
            await ReceiveAsync(payment, seen.Session, now, ct);
            return RecordResult.Paid;
        }

        if (seen.IsOpen)
        {
            return RecordResult.Open;
        }

        if (seen.IsWithBank)
        {
            await AwaitBankAsync(payment, now, ct);
            return RecordResult.AwaitingBank;
        }

        await EndAsync(payment, now, ct);
        return RecordResult.Expired;
    }

    private async Task ReceiveAsync(Payment payment, StripeSession session, DateTimeOffset now, CancellationToken ct)
    {
        var (amount, currency) = session.Received;
        payment.Receive(amount, currency, session.PaymentIntent, now);
        if (payment.IsInPounds && amount > 0)
        {
            await EnterAsync(payment, amount, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await settle.RunAsync(payment, now, ct);
    }

    private async Task EnterAsync(Payment payment, int amountPence, DateTimeOffset now, CancellationToken ct)
    {
        var locked = await BookingLock.TakeAsync(db, payment.BookingId, ct)
            ?? throw new InvalidOperationException($"There is no booking {payment.BookingId}.");
        var shares = payment.InvoiceId is { } invoice
            ? await InvoiceShares.OfPaymentAsync(db, payment.BookingId, invoice, amountPence, ct)
            : (await CardMoney.ReadAsync(db, locked, ct)).SharesOfPayment(amountPence);
        db.AddRange(shares.Select(share => new LedgerEntry
        {
            Id = Guid.CreateVersion7(now),
            BookingId = payment.BookingId,
            PlaceId = share.PlaceId,
            Kind = LedgerKind.Payment,
            AmountPence = share.AmountPence,
            PaymentId = payment.Id,
            InvoiceId = payment.InvoiceId,
            At = now,
        }));
    }

    private async Task AwaitBankAsync(Payment payment, DateTimeOffset now, CancellationToken ct)
    {
        payment.AwaitBank();
        var locked = await BookingLock.TakeAsync(db, payment.BookingId, ct);
        if (locked is { Booking: { State: BookingState.Held } booking })
        {
            booking.HoldAtLeastUntil(now + BankHold);
        }
    }

    // The bank said no: nobody can pay by this checkout any more, and the hold that waited for it ends.
    private async Task EndAsync(Payment payment, DateTimeOffset now, CancellationToken ct)
    {
        var wasWithBank = payment.State == PaymentState.AwaitingBank;
        payment.Expire();
        await db.SaveChangesAsync(ct);
        if (wasWithBank && !await db.Payments.AnyAsync(OpenAttempt.Of(payment.BookingId), ct))
        {
            await release.RunAsync(payment.BookingId, now, ct);
        }
    }
}
