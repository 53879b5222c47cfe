using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Asks Stripe for refunds that are due and follows those that are under way. The refund's id is the idempotency key, so asking
/// again after a time-out, a crash or on a second machine refunds once. Stripe keeps keys for a day at least: what it has not
/// answered by then is asked no more, and the coordinator looks into it. One that Stripe cannot explain goes to staff and holds up
/// no other.
/// </summary>
internal sealed partial class SendRefunds(
    TrainingHubDb db, StripeGateway stripe, RecordRefund record, RaiseUnexplained unexplained, TimeProvider clock, ILogger<SendRefunds> logger) : IJob
{
    private const int BatchSize = 20;
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(23);
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    public static TimeSpan Every => TimeSpan.FromSeconds(30);

    private sealed record Wanted(Refund Refund, string? PaymentIntent, string Reference);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        return await OneByOne.RunAsync(await DueAsync(ct), wanted => FollowAsync(wanted, ct), "Stripe");
    }

    private async Task<RowResult> FollowAsync(Wanted wanted, CancellationToken ct)
    {
        try
        {
            return await SendAsync(wanted, ct) ? RowResult.Handled : RowResult.NothingToDo;
        }
        catch (StripeGatewayException failure) when (failure.IsSilence)
        {
            LogWaits(failure, wanted.Refund.Id);
            return RowResult.Unanswered;
        }
        catch (StripeGatewayException refused) when (refused.IsKeyRefused)
        {
            throw StripeKeyRefused.Of(refused);
        }
        catch (StripeGatewayException failure)
        {
            await MarkCheckedAsync(wanted.Refund, ct);
            await unexplained.RunAsync(wanted.Refund.PaymentId, failure, ct);
            return RowResult.Handled;
        }
    }

    private async Task<List<Wanted>> DueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = now - Silence;
        return await (
            from refund in db.Refunds.AsNoTracking()
            where (refund.State == RefundState.Due && (refund.HeldUntil == null || refund.HeldUntil <= now)) || (refund.State == RefundState.Pending && refund.CheckedAt <= since)
            join payment in db.Payments on refund.PaymentId equals payment.Id
            join booking in db.Bookings on payment.BookingId equals booking.Id
            orderby refund.CheckedAt ?? refund.CreatedAt, refund.Id
            select new Wanted(refund, payment.PaymentIntentId, booking.Reference)).Take(BatchSize).ToListAsync(ct);
    }

    private async Task<bool> SendAsync(Wanted wanted, CancellationToken ct)
    {
        var refund = wanted.Refund;
        if (refund.StripeRefundId is { } known)
        {
            return await record.RunAsync(await stripe.GetRefundAsync(known, ct), heard: null, ct);
        }

        if (wanted.PaymentIntent is not { } intent || refund.FirstTriedAt <= clock.GetUtcNow() - KeyLife)
        {
            await record.FailAsync(refund.Id, "Stripe did not answer for a day. Look in Stripe whether the refund was made.", ct);
            return true;
        }

        if (!await MarkTriedAsync(refund, ct))
        {
            return false;
        }

        try
        {
            var metadata = new Dictionary<string, string> { ["booking"] = wanted.Reference, [RecordRefund.MetadataKey] = refund.Id.ToString("N") };
            var made = await stripe.CreateRefundAsync(intent, refund.AmountPence, ReasonOf(refund), metadata, refund.IdempotencyKey, ct);
            return await record.RunAsync(made, heard: null, ct);
        }
        catch (StripeGatewayException refused) when (!refused.OutcomeUnknown)
        {
            await record.FailAsync(refund.Id, $"Stripe refused: {refused.Code ?? refused.Type}.", ct);
            return true;
        }
    }

    /// <returns>False when it is not due any more: what it followed from was undone a moment before.</returns>
    private async Task<bool> MarkTriedAsync(Refund refund, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Refunds
            .Where(one => one.Id == refund.Id && one.State == RefundState.Due)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.FirstTriedAt, one => one.FirstTriedAt ?? now), ct) == 1;
    }

    private Task<int> MarkCheckedAsync(Refund refund, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Refunds.Where(one => one.Id == refund.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.CheckedAt, now), ct);
    }

    private static StripeRefundReason ReasonOf(Refund refund) => refund.Reason switch
    {
        RefundReason.NotOwed => StripeRefundReason.Duplicate,
        RefundReason.PaidLateAndFull or RefundReason.BookingCancelled or RefundReason.WrongAmount or RefundReason.MadeInStripe or RefundReason.CheaperDate
            or RefundReason.BookedWrongly =>
            StripeRefundReason.RequestedByCustomer,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refund {RefundId} waits: Stripe did not answer or may not be asked; it is tried again with the same key")]
    private partial void LogWaits(Exception failure, Guid refundId);
}
