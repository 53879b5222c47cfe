using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.People;

/// <summary>
/// Forgets who had an account years after it was closed, as long as names in bookings are kept: name, address and whatever signed in.
/// The row stays, so that history still tells one former member of staff from another. One transaction; a second run finds nothing.
/// </summary>
internal sealed class ForgetStaff(ApplyRetention retention) : IJob
{
    public const int YearsAfterClosing = 6;

    public static TimeSpan Every => TimeSpan.FromHours(6);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(ForgetStaff), ct);
}
