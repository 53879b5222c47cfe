using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments;

internal enum StartPaymentResult
{
    /// <summary>Go to the address.</summary>
    Pay,
    AlreadyPaid,
    AwaitingBank,

    /// <summary>The hold is over, or the booking was cancelled.</summary>
    NotHeld,
    NotByCard,

    /// <summary>Money came that does not fit; the coordinator looks at it.</summary>
    UnderReview,

    /// <summary>Stripe cannot be reached or refuses. Nothing is lost; the same button works again.</summary>
    Unavailable,
}

internal sealed record StartPaymentOutcome(StartPaymentResult Result, Uri? Url = null);

/// <summary>
/// Opens the one checkout of a held booking, or finds the open one again: a double click, a repeat after a time-out and a crash
/// at any point lead to the same checkout. The attempt is committed before Stripe is asked, with everything that makes the
/// repeat equal; Stripe is asked outside any transaction; nobody is sent to a checkout that is not stored.
/// </summary>
internal sealed partial class StartPayment(
    TrainingHubDb db, StripeGateway stripe, Checkouts checkouts, RecordPayment record, IOptions<SiteOptions> site, TimeProvider clock,
    ILogger<StartPayment> logger)
{
    /// <summary>The first checkout may last to its end, also when the buyer comes late to it.</summary>
    private static readonly TimeSpan CheckoutHold = TimeSpan.FromMinutes(33);

    public const string MetadataKey = "payment";

    private const int MaxRounds = 4;

    private sealed record Attempt(Payment Payment, NewCheckoutSession Wanted);

    public async Task<StartPaymentOutcome> RunAsync(Guid bookingId, CancellationToken ct)
    {
        try
        {
            for (var round = 0; round < MaxRounds; round++)
            {
                var (attempt, refusal) = await NextAttemptAsync(bookingId, ct);
                if (refusal is { } why)
                {
                    return new(why);
                }

                if (await CheckoutAsync(attempt!, ct) is { } url)
                {
                    return new(StartPaymentResult.Pay, url);
                }
            }
        }
        catch (StripeGatewayException failure)
        {
            LogUnavailable(failure, bookingId);
        }

        return new(StartPaymentResult.Unavailable);
    }

    private async Task<(Attempt? Attempt, StartPaymentResult? Refusal)> NextAttemptAsync(Guid bookingId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct);
        if (locked is null || WhyNotPay(locked.Booking, now) is not null)
        {
            return (null, locked is null ? StartPaymentResult.NotHeld : WhyNotPay(locked.Booking, now));
        }

        var last = await db.Payments.Where(payment => payment.BookingId == bookingId).OrderByDescending(payment => payment.Attempt).FirstOrDefaultAsync(ct);
        if (last is { State: PaymentState.AwaitingBank })
        {
            return (null, StartPaymentResult.AwaitingBank);
        }

        var payment = last is { State: PaymentState.Pending } ? last : Add(locked, (last?.Attempt ?? 0) + 1, now);
        var summary = await BookingSummaries.ReadAsync(db, locked.Booking, locked.LivePlaces, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (new(payment, Wanted(payment, summary)), null);
    }

    /// <summary>Why this booking cannot be paid by card now; null when it can.</summary>
    public static StartPaymentResult? WhyNotPay(Booking booking, DateTimeOffset now) => (booking.PaymentMethod, booking.State) switch
    {
        (not PaymentMethod.Card, _) => StartPaymentResult.NotByCard,
        (_, BookingState.Confirmed) => StartPaymentResult.AlreadyPaid,
        (_, BookingState.Held) when booking.HeldUntil is null => StartPaymentResult.UnderReview,
        (_, BookingState.Held) when booking.HeldUntil > now => null,
        (_, BookingState.Held or BookingState.Cancelled or BookingState.Expired) => StartPaymentResult.NotHeld,
    };

    private Payment Add(LockedBooking locked, int attempt, DateTimeOffset now)
    {
        var payment = new Payment
        {
            Id = Guid.CreateVersion7(now),
            BookingId = locked.Booking.Id,
            Provider = PaymentProvider.Stripe,
            Attempt = attempt,
            AmountPence = locked.Places.Sum(place => CardMoney.Owed(locked.Booking, place, chargePence: 0)),
            CheckoutExpiresAt = NewCheckoutSession.ExpiryFor(StripeClock.Now),
            CreatedAt = now,
        };
        if (attempt == 1)
        {
            locked.Booking.HoldAtLeastUntil(now + CheckoutHold);
        }

        db.Add(payment);
        return payment;
    }

    private NewCheckoutSession Wanted(Payment payment, BookingSummary summary) => new()
    {
        Lines = [.. summary.Dates.SelectMany(LinesOf)],
        SuccessUrl = site.Value.Absolute(PaymentUrls.Returned(summary.Reference)),
        CancelUrl = site.Value.Absolute(PaymentUrls.LeftCheckout(summary.Reference)),
        ClientReference = summary.Reference,
        CustomerEmail = summary.BookerEmail.Length > 0 ? summary.BookerEmail : null,
        ExpiresAt = payment.CheckoutExpiresAt ?? throw new InvalidOperationException($"Payment {payment.Id} has no end."),
        Metadata = new Dictionary<string, string>
        {
            ["booking"] = summary.Reference,
            ["attempt"] = payment.Attempt.ToString(CultureInfo.InvariantCulture),
            [MetadataKey] = payment.Id.ToString("N"),
        },
    };

    /// <summary>A line for each price. What costs nothing has none.</summary>
    private static IEnumerable<CheckoutLine> LinesOf(BookedDate date) => date.Delegates
        .Where(person => person.PricePence > 0)
        .GroupBy(person => person.PricePence)
        .Select(price => new CheckoutLine($"{date.Run.Course}, {London.Words(date.Run.RunsOn)}", price.Key, price.Count()));

    /// <returns>Where to pay; null when this attempt is over and the booking has to be looked at again.</returns>
    private async Task<Uri?> CheckoutAsync(Attempt attempt, CancellationToken ct)
    {
        var (payment, wanted) = attempt;
        var costs = wanted.Lines.Sum(line => line.UnitPence * line.Quantity);
        if (payment.CheckoutSessionId is null)
        {
            return costs == payment.AmountPence ? await OpenAsync(payment, wanted, ct) : await DropAsync(payment, ct);
        }

        var seen = costs == payment.AmountPence
            ? await checkouts.SeeAsync(payment.CheckoutSessionId, ct)
            : await checkouts.CloseAsync(payment, payment.CheckoutSessionId, ct);
        if (seen.IsOpen)
        {
            return seen.Session.Url;
        }

        await record.RunAsync(seen, heard: null, ct);
        return null;
    }

    private async Task<Uri?> OpenAsync(Payment payment, NewCheckoutSession wanted, CancellationToken ct)
    {
        if (payment.CheckoutExpiresAt <= StripeClock.Now)
        {
            return await DropAsync(payment, ct);
        }

        try
        {
            var session = await stripe.CreateCheckoutSessionAsync(wanted, payment.IdempotencyKey, ct);
            return await PaymentRows.StoreCheckoutAsync(db, payment.Id, session, ct) ? session.Url : null;
        }
        catch (StripeGatewayException stale) when (stale.Param == "expires_at" || stale.Type == "idempotency_error")
        {
            // Too late to repeat it, or the course was renamed meanwhile: nobody was sent to what the first call may have opened.
            return await DropAsync(payment, ct);
        }
    }

    private async Task<Uri?> DropAsync(Payment payment, CancellationToken ct)
    {
        await PaymentRows.DropUnopenedAsync(db, payment.Id, ct);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A checkout for booking {BookingId} could not be opened; the buyer was told to try again")]
    private partial void LogUnavailable(Exception failure, Guid bookingId);
}
