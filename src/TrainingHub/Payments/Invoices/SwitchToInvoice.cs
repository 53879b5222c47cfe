using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

internal enum SwitchToInvoiceResult
{
    /// <summary>The places are certain and an invoice comes; also when that was so before.</summary>
    Switched,

    /// <summary>The card payment had gone through, so there is nothing to invoice.</summary>
    PaidByCard,

    /// <summary>Not held for a card payment any more, or money is under way: the payment page says which.</summary>
    NotPossible,

    /// <summary>Stripe cannot be reached or refuses. The booking is as it was; the same button works again.</summary>
    Unavailable,
}

/// <summary>
/// Turns a booking that is held for a card payment into one that is paid by invoice, at the price it was booked for, and confirms
/// it. First every checkout of the booking is closed at Stripe, outside any transaction; then, in a transaction that locks the
/// booking as opening a checkout does, it looks for one once more and only switches when there is none. So nobody can pay by card
/// what is invoiced. A double click or a second tab finds it done.
/// </summary>
internal sealed partial class SwitchToInvoice(
    TrainingHubDb db, CloseCheckouts close, ConfirmPlaces confirm, TimeProvider clock, ILogger<SwitchToInvoice> logger)
{
    private const int MaxRounds = 4;

    /// <param name="bookingId"></param>
    /// <param name="email">Where the invoice goes; checked before.</param>
    /// <param name="purchaseOrder">Null when there is none.</param>
    /// <param name="ct"></param>
    /// <param name="by">The member of staff who takes it over; null is the buyer.</param>
    public async Task<SwitchToInvoiceResult> RunAsync(Guid bookingId, string email, string? purchaseOrder, CancellationToken ct, Actor? by = null)
    {
        try
        {
            for (var round = 0; round < MaxRounds; round++)
            {
                if (await TrySwitchAsync(bookingId, email, purchaseOrder, by, ct) is { } result)
                {
                    return result;
                }

                await close.RunAsync(bookingId, ct);
            }
        }
        catch (StripeGatewayException failure)
        {
            LogUnavailable(failure, bookingId);
        }

        return SwitchToInvoiceResult.Unavailable;
    }

    /// <returns>Null while a checkout is open.</returns>
    private async Task<SwitchToInvoiceResult?> TrySwitchAsync(Guid bookingId, string email, string? purchaseOrder, Actor? by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct);
        if (locked is null || StartPayment.WhyNotPay(locked.Booking, now) is not null)
        {
            return ResultOf(locked?.Booking);
        }

        var open = await db.Payments.Where(OpenAttempt.Of(bookingId)).Select(payment => payment.State).ToListAsync(ct);
        if (open.Count > 0)
        {
            return open.Contains(PaymentState.AwaitingBank) ? SwitchToInvoiceResult.NotPossible : null;
        }

        locked.Booking.PayByInvoice(email, purchaseOrder);
        if (by is not null)
        {
            HistoryEntry.Add<Booking>(db, bookingId, by, "Payment taken over by invoice", [], now);
        }

        await db.SaveChangesAsync(ct);
        await confirm.RunAsync(bookingId, now, ct);
        await transaction.CommitAsync(ct);
        return SwitchToInvoiceResult.Switched;
    }

    private static SwitchToInvoiceResult ResultOf(Booking? booking) => booking switch
    {
        { State: BookingState.Confirmed, PaymentMethod: PaymentMethod.Invoice } => SwitchToInvoiceResult.Switched,
        { State: BookingState.Confirmed, PaymentMethod: PaymentMethod.Card } => SwitchToInvoiceResult.PaidByCard,
        _ => SwitchToInvoiceResult.NotPossible,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Booking {BookingId} stays to be paid by card: Stripe did not close its checkout; the buyer was told to try again")]
    private partial void LogUnavailable(Exception failure, Guid bookingId);
}
