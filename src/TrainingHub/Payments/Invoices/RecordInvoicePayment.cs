using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

internal enum RecordInvoicePaymentResult
{
    Recorded,

    /// <summary>Another sum is open by now than was shown: look again. A second click finds it so.</summary>
    Changed,

    /// <summary>A card payment of the invoice is open or under way, and Stripe cannot close it just now.</summary>
    Unavailable,
}

/// <summary>
/// Records money that staff have for one invoice: the whole of it, a part, or more than is open. It pays that invoice's places first; what
/// is beyond stays with the booking, which then has money to pay back or to use. An open checkout of the booking is closed at Stripe
/// before, outside any transaction, so that nobody pays by card what was paid by hand. The payment, its ledger entries and the history are
/// one transaction.
/// </summary>
internal sealed partial class RecordInvoicePayment(
    TrainingHubDb db, CloseCheckouts close, PaymentMail mail, TimeProvider clock, ILogger<RecordInvoicePayment> logger)
{
    private const int MaxRounds = 4;

    /// <param name="invoiceId"></param>
    /// <param name="seenOpenPence">What was shown as open.</param>
    /// <param name="taken"></param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<RecordInvoicePaymentResult> RunAsync(Guid invoiceId, int seenOpenPence, DeskPayment taken, Actor by, CancellationToken ct)
    {
        var bookingId = await db.Invoices.Where(one => one.Id == invoiceId).Select(one => one.BookingId).SingleAsync(ct);
        try
        {
            for (var round = 0; round < MaxRounds; round++)
            {
                if (await TryRecordAsync(bookingId, invoiceId, seenOpenPence, taken, by, ct) is { } result)
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

        return RecordInvoicePaymentResult.Unavailable;
    }

    /// <returns>Null while a checkout is open.</returns>
    private async Task<RecordInvoicePaymentResult?> TryRecordAsync(
        Guid bookingId, Guid invoiceId, int seenOpenPence, DeskPayment taken, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct) ?? throw new InvalidOperationException($"There is no booking {bookingId}.");
        if (taken.Pence <= 0 || await OpenAsync(invoiceId, ct) != seenOpenPence)
        {
            return RecordInvoicePaymentResult.Changed;
        }

        if (await db.Payments.AnyAsync(OpenAttempt.Of(bookingId), ct))
        {
            return null;
        }

        var payment = await AddAsync(locked, invoiceId, taken, now, ct);
        var number = await db.Invoices.Where(one => one.Id == invoiceId).Select(one => one.Number).SingleAsync(ct);
        HistoryEntry.Add<Booking>(db, bookingId, by, "Payment of the invoice recorded", [new(Invoice.WordsOf(number), null, taken.Words)], now);
        await mail.TellReceivedAsync(payment, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return RecordInvoicePaymentResult.Recorded;
    }

    private Task<int> OpenAsync(Guid invoiceId, CancellationToken ct) => db.Invoices.Where(one => one.Id == invoiceId).Select(one => one.OpenPence).SingleAsync(ct);

    private async Task<Payment> AddAsync(LockedBooking locked, Guid invoiceId, DeskPayment taken, DateTimeOffset now, CancellationToken ct)
    {
        var lines = await db.InvoiceLineMoney.AsNoTracking().Where(line => line.BookingId == locked.Booking.Id).OrderBy(line => line.LineId).ToListAsync(ct);
        var shares = Shares.Divide(taken.Pence, Rooms(line => line.InvoiceId == invoiceId), Rooms(line => line.InvoiceId != invoiceId));
        var payment = await TakenByHand.AddAsync(db, locked.Booking.Id, taken, shares, invoiceId, now, ct);
        await db.SaveChangesAsync(ct);
        return payment;

        List<Share> Rooms(Func<InvoiceLineMoney, bool> of) =>
            [.. lines.Where(of).Concat(lines.Where(line => !of(line)).Select(line => new InvoiceLineMoney { PlaceId = line.PlaceId }))
                .GroupBy(line => line.PlaceId)
                .Select(place => new Share(place.Key, place.Sum(line => line.OpenPence)))];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Money for an invoice of booking {BookingId} was not recorded: Stripe did not close its checkout; staff were told to try again")]
    private partial void LogUnavailable(Exception failure, Guid bookingId);
}
