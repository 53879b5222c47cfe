using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

/// <summary>
/// Removes what people wrote in their own words, with what was quoted of it and how it was coded, years after. What nobody has read and
/// what raised a concern stays. One transaction; a second run finds nothing.
/// </summary>
internal sealed class ForgetComments(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(ForgetComments), ct);
}
