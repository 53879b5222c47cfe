using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Forgets that an email was sent, stopped or withheld, and what it said; later that a mailbox was confirmed or does not exist. That the
/// coordinator was told of a payment with a problem stays, without the words: it went to the team's own address. One transaction: if it
/// dies half-way nothing is removed, and a second run finds nothing.
/// </summary>
internal sealed class PruneEmails(ApplyRetention retention) : IJob
{
    public const int KeepDays = 90;

    public static TimeSpan Every => TimeSpan.FromHours(6);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(PruneEmails), ct);
}
