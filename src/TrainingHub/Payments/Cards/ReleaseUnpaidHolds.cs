using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Gives back the places of bookings whose hold for a card payment is over. First every checkout of the booking is closed at Stripe, which refuses
/// when the buyer was faster: then the payment is recorded instead. While Stripe cannot be reached, or cannot explain the
/// checkout, which staff are told, the places stay held. Each
/// booking ends in a transaction that looks again under lock, so it may stop anywhere and run twice.
/// </summary>
internal sealed partial class ReleaseUnpaidHolds(
    TrainingHubDb db, CloseCheckouts close, ReleaseHold release, RaiseUnexplained unexplained, TimeProvider clock,
    ILogger<ReleaseUnpaidHolds> logger) : IJob
{
    private const int BatchSize = 50;

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var lapsed = await db.Bookings
            .Where(booking => booking.State == BookingState.Held && booking.PaymentMethod == PaymentMethod.Card && booking.HeldUntil <= now)
            .OrderBy(booking => booking.HeldUntil)
            .Select(booking => booking.Id)
            .Take(BatchSize)
            .ToListAsync(ct);
        return await OneByOne.RunAsync(lapsed, booking => EndAsync(booking, ct), "Stripe");
    }

    private async Task<RowResult> EndAsync(Guid bookingId, CancellationToken ct)
    {
        try
        {
            await close.RunAsync(bookingId, ct);
            return await ReleaseAsync(bookingId, ct) ? RowResult.Handled : RowResult.NothingToDo;
        }
        catch (StripeGatewayException failure) when (failure.IsSilence)
        {
            LogKept(failure, bookingId);
            return RowResult.Unanswered;
        }
        catch (StripeGatewayException refused) when (refused.IsKeyRefused)
        {
            throw StripeKeyRefused.Of(refused);
        }
        catch (StripeGatewayException failure)
        {
            LogKept(failure, bookingId);
            foreach (var payment in await db.Payments.Where(OpenAttempt.Of(bookingId)).Select(payment => payment.Id).ToListAsync(ct))
            {
                await unexplained.RunAsync(payment, failure, ct);
            }

            return RowResult.NothingToDo;
        }
    }

    private async Task<bool> ReleaseAsync(Guid bookingId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct);
        if (locked is not { Booking.State: BookingState.Held } || !(locked.Booking.HeldUntil <= now) || await db.Payments.AnyAsync(OpenAttempt.Of(bookingId), ct))
        {
            return false;
        }

        await release.RunAsync(bookingId, now, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Booking {BookingId} keeps its places: Stripe did not close its checkout; it is tried again")]
    private partial void LogKept(Exception failure, Guid bookingId);
}
