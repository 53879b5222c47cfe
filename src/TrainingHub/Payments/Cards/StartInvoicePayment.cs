using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments;

/// <summary>
/// Opens a checkout over what is open of an invoice, or finds the open one again (<see cref="OpenCheckout"/>). A booking has one open
/// checkout: one for another invoice, or over another sum because something was credited or paid meanwhile, is closed first.
/// </summary>
internal sealed partial class StartInvoicePayment(
    TrainingHubDb db, OpenCheckout open, IOptions<SiteOptions> site, IOptions<CardPaymentOptions> cards, TimeProvider clock,
    ILogger<StartInvoicePayment> logger)
{
    private const int MaxRounds = 4;

    public async Task<StartPaymentOutcome> RunAsync(Guid invoiceId, CancellationToken ct)
    {
        try
        {
            for (var round = 0; round < MaxRounds; round++)
            {
                var (attempt, refusal) = await NextAttemptAsync(invoiceId, ct);
                if (refusal is { } why)
                {
                    return new(why);
                }

                if (await open.RunAsync(attempt!, ct) is { } url)
                {
                    return new(StartPaymentResult.Pay, url);
                }
            }
        }
        catch (StripeGatewayException failure)
        {
            LogUnavailable(failure, invoiceId);
        }

        return new(StartPaymentResult.Unavailable);
    }

    private async Task<(CheckoutAttempt? Attempt, StartPaymentResult? Refusal)> NextAttemptAsync(Guid invoiceId, CancellationToken ct)
    {
        if (!cards.Value.AreOffered)
        {
            return (null, StartPaymentResult.NotByCard);
        }

        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var bookingId = await db.Invoices.Where(one => one.Id == invoiceId).Select(one => one.BookingId).SingleAsync(ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct) ?? throw new InvalidOperationException($"There is no booking {bookingId}.");
        var invoice = await db.Invoices.AsNoTracking().SingleAsync(one => one.Id == invoiceId, ct);
        var last = await db.Payments.Where(payment => payment.BookingId == bookingId).OrderByDescending(payment => payment.Attempt).FirstOrDefaultAsync(ct);
        if (last is { State: PaymentState.AwaitingBank })
        {
            return (null, StartPaymentResult.AwaitingBank);
        }

        if (invoice.OpenPence <= 0)
        {
            return (null, StartPaymentResult.AlreadyPaid);
        }

        var payment = last is { State: PaymentState.Pending } ? last : Add(invoice, (last?.Attempt ?? 0) + 1, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        var isRight = payment.InvoiceId == invoiceId && payment.AmountPence == invoice.OpenPence;
        return (new(payment, Wanted(payment, invoice, locked.Booking.Reference), isRight), null);
    }

    private Payment Add(Invoice invoice, int attempt, DateTimeOffset now)
    {
        var payment = new Payment
        {
            Id = Guid.CreateVersion7(now),
            BookingId = invoice.BookingId,
            InvoiceId = invoice.Id,
            Provider = PaymentProvider.Stripe,
            Attempt = attempt,
            AmountPence = invoice.OpenPence,
            CheckoutExpiresAt = NewCheckoutSession.ExpiryFor(StripeClock.Now),
            CreatedAt = now,
        };
        db.Add(payment);
        return payment;
    }

    private NewCheckoutSession Wanted(Payment payment, Invoice invoice, string reference) => new()
    {
        Lines = [new CheckoutLine($"Invoice {invoice.NumberWords}", payment.AmountPence, 1)],
        SuccessUrl = site.Value.Absolute(PaymentUrls.Returned(reference)),
        CancelUrl = site.Value.Absolute(PaymentUrls.LeftInvoiceCheckout(reference, invoice.NumberWords)),
        ClientReference = reference,
        CustomerEmail = EmailAddress.IsValid(invoice.Email) ? invoice.Email : null,
        ExpiresAt = payment.CheckoutExpiresAt ?? throw new InvalidOperationException($"Payment {payment.Id} has no end."),
        SubmitType = "pay",
        Metadata = new Dictionary<string, string>
        {
            ["booking"] = reference,
            ["invoice"] = invoice.NumberWords,
            ["attempt"] = payment.Attempt.ToString(CultureInfo.InvariantCulture),
            [StartPayment.MetadataKey] = payment.Id.ToString("N"),
        },
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A checkout for invoice {InvoiceId} could not be opened; the payer was told to try again")]
    private partial void LogUnavailable(Exception failure, Guid invoiceId);
}
