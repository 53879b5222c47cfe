using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Takes who was to pay off invoices, and what staff and banks said off payments, six years after the financial year: as long as money is accounted for.
/// Numbers and sums stay. One transaction; a second run finds nothing.
/// </summary>
internal sealed class ForgetPayers(ApplyRetention retention) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public Task<int> RunAsync(CancellationToken ct) => retention.RunAsync(nameof(ForgetPayers), ct);
}
