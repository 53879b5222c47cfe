using TrainingHub.Platform.Data;

namespace TrainingHub.Payments;

/// <summary>
/// Demo: bookings that were invented get their invoices as others do, so that the books are sound before a job has run.
/// </summary>
internal sealed class SeedInvoices(IssueInvoices issue) : ISeed
{
    public static int Order => 75;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        while (await issue.RunAsync(ct) > 0)
        {
        }
    }
}
