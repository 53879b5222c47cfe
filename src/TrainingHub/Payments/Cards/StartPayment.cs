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
/// at any point lead to the same checkout (<see cref="OpenCheckout"/>).
/// </summary>
internal sealed partial class StartPayment(TrainingHubDb db, OpenCheckout open, IOptions<SiteOptions> site, TimeProvider clock, ILogger<StartPayment> logger)
{
    /// <summary>The first checkout may last to its end, also when the buyer comes late to it.</summary>
    private static readonly TimeSpan CheckoutHold = TimeSpan.FromMinutes(33);

    public const string MetadataKey = "payment";

    private const int MaxRounds = 4;

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

                if (await open.RunAsync(attempt!, ct) is { } url)
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

    private async Task<(CheckoutAttempt? Attempt, StartPaymentResult? Refusal)> NextAttemptAsync(Guid bookingId, CancellationToken ct)
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
        var wanted = Wanted(payment, summary);
        return (new(payment, wanted, IsRight: wanted.Lines.Sum(line => line.UnitPence * line.Quantity) == payment.AmountPence), null);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "A checkout for booking {BookingId} could not be opened; the buyer was told to try again")]
    private partial void LogUnavailable(Exception failure, Guid bookingId);
}
