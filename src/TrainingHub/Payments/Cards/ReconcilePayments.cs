using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Asks Stripe about every open checkout that has been silent for two minutes (bank transfers: ten), so that a webhook which never
/// comes costs minutes, not money. Asking changes nothing and recording is harmless twice, so it may stop anywhere and run on two
/// machines. A checkout that Stripe cannot explain goes to staff and holds up no other; when Stripe does not answer at all the run
/// ends, and the next begins where it stopped.
/// </summary>
internal sealed partial class ReconcilePayments(
    TrainingHubDb db, Checkouts checkouts, RecordPayment record, RaiseUnexplained unexplained, TimeProvider clock,
    ILogger<ReconcilePayments> logger) : IJob
{
    private const int BatchSize = 50;
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BankSilence = TimeSpan.FromMinutes(10);

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    private sealed record Due(Guid Payment, string Session);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (since, bankSince) = (now - Silence, now - BankSilence);
        var due = await db.Payments
            .Where(payment => payment.CheckoutSessionId != null
                && ((payment.State == PaymentState.Pending && (payment.CheckedAt ?? payment.CreatedAt) <= since)
                    || (payment.State == PaymentState.AwaitingBank && (payment.CheckedAt ?? payment.CreatedAt) <= bankSince)))
            .OrderBy(payment => payment.CheckedAt ?? payment.CreatedAt)
            .Select(payment => new Due(payment.Id, payment.CheckoutSessionId!))
            .Take(BatchSize)
            .ToListAsync(ct);
        return await OneByOne.RunAsync(due, one => AskAsync(one, ct), "Stripe");
    }

    private async Task<RowResult> AskAsync(Due due, CancellationToken ct)
    {
        try
        {
            await record.RunAsync(await checkouts.SeeAsync(due.Session, ct), heard: null, ct);
        }
        catch (StripeGatewayException failure) when (failure.IsSilence)
        {
            LogSilent(failure, due.Payment);
            return RowResult.Unanswered;
        }
        catch (StripeGatewayException refused) when (refused.IsKeyRefused)
        {
            throw StripeKeyRefused.Of(refused);
        }
        catch (StripeGatewayException failure)
        {
            await unexplained.RunAsync(due.Payment, failure, ct);
        }

        return RowResult.Handled;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe does not answer about payment {PaymentId}; it is asked again")]
    private partial void LogSilent(Exception failure, Guid paymentId);
}
