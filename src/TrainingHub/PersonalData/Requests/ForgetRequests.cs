using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.PersonalData;

/// <summary>Removes what people asked or complained about their data two years after the answer. One transaction; a second run finds nothing.</summary>
internal sealed class ForgetRequests(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(ForgetRequests), ct);
}
