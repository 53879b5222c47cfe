using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Asks Stripe about every open checkout that has been silent for two minutes (bank transfers: ten), so that a webhook which never
/// comes costs minutes, not money. Asking changes nothing and recording is harmless twice, so it may stop anywhere and run on two
/// machines. The first time that Stripe does not answer ends the run; the next begins where it stopped.
/// </summary>
internal sealed partial class ReconcilePayments(
    TrainingHubDb db, Checkouts checkouts, RecordPayment record, TimeProvider clock, ILogger<ReconcilePayments> logger) : IJob
{
    private const int BatchSize = 50;
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BankSilence = TimeSpan.FromMinutes(10);

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (since, bankSince) = (now - Silence, now - BankSilence);
        var due = await db.Payments
            .Where(payment => payment.CheckoutSessionId != null
                && ((payment.State == PaymentState.Pending && (payment.CheckedAt ?? payment.CreatedAt) <= since)
                    || (payment.State == PaymentState.AwaitingBank && (payment.CheckedAt ?? payment.CreatedAt) <= bankSince)))
            .OrderBy(payment => payment.CheckedAt ?? payment.CreatedAt)
            .Select(payment => payment.CheckoutSessionId!)
            .Take(BatchSize)
            .ToListAsync(ct);
        var handled = 0;
        foreach (var session in due)
        {
            try
            {
                await record.RunAsync(await checkouts.SeeAsync(session, ct), heard: null, ct);
                handled++;
            }
            catch (StripeGatewayException failure) when (failure is { OutcomeUnknown: true, IsKeyRefused: false })
            {
                LogSilent(failure, due.Count - handled);
                break;
            }
        }

        return handled;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe does not answer; {Left} checkouts are asked about again")]
    private partial void LogSilent(Exception failure, int left);
}
