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

    /// <summary>Neither held for a card payment nor invoiced any more, or money is under way.</summary>
    NotPossible,

    /// <summary>Another sum than is due.</summary>
    AmountDiffers,

    /// <summary>Stripe cannot be reached or refuses. Nothing has changed; the same button works again.</summary>
    Unavailable,
}

/// <param name="Way"></param>
/// <param name="Pence">The whole sum that is due.</param>
/// <param name="PaidOn">Not after today.</param>
/// <param name="Reference">What the slip, the terminal or the bank calls it; null when nothing does.</param>
internal sealed record DeskPayment(DeskWay Way, int Pence, DateOnly PaidOn, string? Reference);

/// <summary>
/// Records money that staff took for a booking which is held for a card payment, and confirms it; or for one that was invoiced, also for a charge alone. As <see cref="SwitchToInvoice"/> does,
/// every checkout is closed at Stripe first, outside any transaction, and looked for once more under lock: nobody pays by card what was
/// paid at the desk. The payment, its ledger entries, the places and the history are one transaction. A double click finds it done.
/// </summary>
internal sealed partial class RecordDeskPayment(
    TrainingHubDb db, CloseCheckouts close, ConfirmPlaces confirm, PaymentMail mail, TimeProvider clock, ILogger<RecordDeskPayment> logger)
{
    private const int MaxRounds = 4;
    private static readonly TimeOnly Midday = new(12, 0);

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
        var isInvoiced = locked is not null && (locked.Booking.IsInvoiced || await OwesChargeAsync(locked.Booking, ct));
        if (locked is null || (StartPayment.WhyNotPay(locked.Booking, now) is not null && !isInvoiced))
        {
            return ResultOf(locked?.Booking);
        }

        var money = isInvoiced ? await OfInvoiceAsync(locked, ct) : await CardMoney.ReadAsync(db, locked, ct);
        if (taken.Pence == 0 || money.Places.Sum(place => place.DuePence) != taken.Pence)
        {
            return RecordDeskPaymentResult.AmountDiffers;
        }

        var open = await db.Payments.Where(OpenAttempt.Of(bookingId)).Select(payment => payment.State).ToListAsync(ct);
        if (open.Count > 0)
        {
            return open.Contains(PaymentState.AwaitingBank) ? RecordDeskPaymentResult.NotPossible : null;
        }

        var payment = await AddAsync(locked.Booking, taken, money, now, ct);
        // A free place stays one: only what was charged for it is paid.
        if (locked.Booking.PaymentMethod != PaymentMethod.FreePlace)
        {
            locked.Booking.PayAtDesk();
        }

        HistoryEntry.Add<Booking>(
            db, bookingId, by, isInvoiced ? "Payment of the invoice recorded" : "Payment taken by the team", [new("Paid", null, $"{new Money(taken.Pence)}, {PaymentWords.Way(taken.Way)}, {London.Words(taken.PaidOn)}")], now);
        await db.SaveChangesAsync(ct);
        if (!isInvoiced)
        {
            await confirm.RunAsync(bookingId, now, ct);
        }

        await mail.TellReceivedAsync(payment, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return RecordDeskPaymentResult.Recorded;
    }

    // For what was cancelled, or for a free place that was not used: an invoice asks for that alone.
    private async Task<bool> OwesChargeAsync(Booking booking, CancellationToken ct) =>
        Booking.InvoicedForCharges.Contains(booking.PaymentMethod) && booking.State is BookingState.Confirmed or BookingState.Cancelled
        && await db.Invoices.AnyAsync(invoice => invoice.BookingId == booking.Id, ct);

    /// <summary>What an invoiced order owes, less what came for it.</summary>
    public static async Task<int> DueOfInvoiceAsync(TrainingHubDb db, Guid bookingId, CancellationToken ct) =>
        (await DueOfInvoicesAsync(db, [bookingId], ct)).GetValueOrDefault(bookingId);

    /// <summary>The same of several, by booking.</summary>
    public static async Task<IReadOnlyDictionary<Guid, int>> DueOfInvoicesAsync(TrainingHubDb db, IReadOnlyCollection<Guid> bookings, CancellationToken ct) =>
        (await db.PlaceMoney.AsNoTracking().Where(place => bookings.Contains(place.BookingId)).ToListAsync(ct))
            .GroupBy(place => place.BookingId).ToDictionary(places => places.Key, places => places.Sum(Due));

    private static int Due(PlaceMoney place) => Math.Max(0, place.OwedPence - place.PaidPence + place.RefundedPence);

    private async Task<CardMoney> OfInvoiceAsync(LockedBooking locked, CancellationToken ct)
    {
        var money = await db.PlaceMoney.AsNoTracking().Where(place => place.BookingId == locked.Booking.Id).ToDictionaryAsync(place => place.PlaceId, ct);
        return new([.. locked.Places.Select(place => new PlaceCardMoney(place.Id, place.PricePence, Due(money[place.Id]), HeldPence: 0, money[place.Id].KeptPence))]);
    }

    private async Task<Payment> AddAsync(Booking booking, DeskPayment taken, CardMoney money, DateTimeOffset now, CancellationToken ct)
    {
        var paidAt = taken.PaidOn == London.DateOf(now) ? now : London.Instant(taken.PaidOn, Midday);
        var attempts = await db.Payments.Where(one => one.BookingId == booking.Id).Select(one => one.Attempt).ToListAsync(ct);
        var payment = new Payment
        {
            Id = Guid.CreateVersion7(now),
            BookingId = booking.Id,
            Provider = PaymentProvider.Desk,
            Attempt = attempts.DefaultIfEmpty().Max() + 1,
            AmountPence = taken.Pence,
            CreatedAt = now,
            DeskWay = taken.Way,
            DeskReference = taken.Reference,
        };
        payment.Receive(taken.Pence, "gbp", paymentIntentId: null, paidAt);
        db.Add(payment);
        db.AddRange(money.SharesOfPayment(taken.Pence).Select(share => new LedgerEntry
        {
            Id = Guid.CreateVersion7(now),
            BookingId = booking.Id,
            PlaceId = share.PlaceId,
            Kind = LedgerKind.Payment,
            AmountPence = share.AmountPence,
            PaymentId = payment.Id,
            At = paidAt,
        }));
        return payment;
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
