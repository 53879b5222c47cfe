using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Reporting.Pages.Staff;

/// <summary>All providers of a financial year side by side.</summary>
[ForStaff(StaffRight.ReadResults)]
internal sealed class ProviderReportPageModel(TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock) : ReportPage(db, clock)
{
    private readonly TimeProvider clock = clock;

    public override string Name => Reports.Providers;

    public ProviderReport? Report { get; private set; }

    protected override async Task ReadAsync(ReportFilter filter, CancellationToken ct) =>
        Report = await ProviderReport.ReadAsync(database, filter.Year is { } year ? [year] : [], clock.GetUtcNow(), ct);
}
