using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

internal enum RecordDeskPaymentResult
{
    /// <summary>The money is recorded and the places are certain.</summary>
    Recorded,

    /// <summary>That was so before: nothing has changed.</summary>
    RecordedBefore,

    /// <summary>The card payment had gone through meanwhile.</summary>
    PaidByCard,

    /// <summary>Not held for a card payment any more, or money is under way.</summary>
    NotPossible,

    /// <summary>Another sum than is due.</summary>
    AmountDiffers,

    /// <summary>Stripe cannot be reached or refuses. Nothing has changed; the same button works again.</summary>
    Unavailable,
}

/// <param name="Way"></param>
/// <param name="Pence">More than nought. For a held booking the whole sum that is due; an invoice takes any.</param>
/// <param name="PaidOn">Not after today.</param>
/// <param name="Reference">What the slip, the terminal or the bank calls it; null when nothing does.</param>
internal sealed record DeskPayment(DeskWay Way, int Pence, DateOnly PaidOn, string? Reference)
{
    /// <summary>The line of the bank account that it is, or is a part of; null when no bank file told of it.</summary>
    public Guid? BankLineId { get; init; }

    /// <summary>For the history.</summary>
    public string Words => $"{new Money(Pence)}, {PaymentWords.Way(Way)}, {London.Words(PaidOn)}";
}

/// <summary>
/// Records money that staff took for a booking which is held for a card payment, and confirms it. As <see cref="SwitchToInvoice"/> does,
/// every checkout is closed at Stripe first, outside any transaction, and looked for once more under lock: nobody pays by card what was
/// paid at the desk. The payment, its ledger entries, the places and the history are one transaction. A double click finds it done.
/// </summary>
internal sealed partial class RecordDeskPayment(
    TrainingHubDb db, CloseCheckouts close, ConfirmPlaces confirm, PaymentMail mail, TimeProvider clock, ILogger<RecordDeskPayment> logger)
{
    private const int MaxRounds = 4;

    public async Task<RecordDeskPaymentResult> RunAsync(Guid bookingId, DeskPayment taken, Actor by, CancellationToken ct)
    {
        try
        {
            for (var round = 0; round < MaxRounds; round++)
            {
                if (await TryRecordAsync(bookingId, taken, by, ct) is { } result)
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

        return RecordDeskPaymentResult.Unavailable;
    }

    /// <returns>Null while a checkout is open.</returns>
    private async Task<RecordDeskPaymentResult?> TryRecordAsync(Guid bookingId, DeskPayment taken, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct);
        if (locked is null || StartPayment.WhyNotPay(locked.Booking, now) is not null)
        {
            return ResultOf(locked?.Booking);
        }

        var money = await CardMoney.ReadAsync(db, locked, ct);
        if (taken.Pence == 0 || money.Places.Sum(place => place.DuePence) != taken.Pence)
        {
            return RecordDeskPaymentResult.AmountDiffers;
        }

        var open = await db.Payments.Where(OpenAttempt.Of(bookingId)).Select(payment => payment.State).ToListAsync(ct);
        if (open.Count > 0)
        {
            return open.Contains(PaymentState.AwaitingBank) ? RecordDeskPaymentResult.NotPossible : null;
        }

        var payment = await TakenByHand.AddAsync(db, bookingId, taken, money.SharesOfPayment(taken.Pence), invoiceId: null, now, ct);
        locked.Booking.PayAtDesk();
        HistoryEntry.Add<Booking>(db, bookingId, by, "Payment taken by the team", [new("Paid", null, taken.Words)], now);
        await db.SaveChangesAsync(ct);
        await confirm.RunAsync(bookingId, now, ct);
        await mail.TellReceivedAsync(payment, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return RecordDeskPaymentResult.Recorded;
    }

    private static RecordDeskPaymentResult ResultOf(Booking? booking) => booking switch
    {
        { State: BookingState.Confirmed, PaymentMethod: PaymentMethod.Desk } => RecordDeskPaymentResult.RecordedBefore,
        { State: BookingState.Confirmed, PaymentMethod: PaymentMethod.Card } => RecordDeskPaymentResult.PaidByCard,
        _ => RecordDeskPaymentResult.NotPossible,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Money taken at the desk for booking {BookingId} was not recorded: Stripe did not close its checkout; staff were told to try again")]
    private partial void LogUnavailable(Exception failure, Guid bookingId);
}
