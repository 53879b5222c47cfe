using System.Threading.RateLimiting;

namespace TrainingHub.People;

/// <summary>
/// Looking at a password takes a processor for a tenth of a second, on purpose. So only a few are looked at at once, a few more wait
/// for a moment, and the rest is told to try again: a flood of sign-ins leaves the pages their processors. Browsers that have signed
/// in before wait in a queue of their own, which a stranger cannot fill.
/// </summary>
internal sealed class PasswordQueue : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrencyLimiter strangers = Queue(Math.Max(1, Environment.ProcessorCount / 2), waiting: 8);
    private readonly ConcurrencyLimiter known = Queue(1, waiting: 20);

    /// <returns>A turn, which ends when it is disposed; null when there is none for now, and then nothing may be hashed.</returns>
    public async Task<RateLimitLease?> EnterAsync(bool isKnown, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var turn = await (isKnown ? known : strangers).AcquireAsync(1, patience.Token);
            return turn.IsAcquired ? turn : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose()
    {
        strangers.Dispose();
        known.Dispose();
    }

    private static ConcurrencyLimiter Queue(int atOnce, int waiting) =>
        new(new() { PermitLimit = atOnce, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
}
