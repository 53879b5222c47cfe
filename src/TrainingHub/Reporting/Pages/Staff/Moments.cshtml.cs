using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Reporting.Pages.Staff;

/// <summary>What delegates said at different moments, and what their managers have seen.</summary>
[ForStaff(StaffRight.ReadResults, StaffRight.ReadAreaResults)]
internal sealed class MomentsModel(TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock) : ReportPage(db, clock)
{
    private readonly TrainingHubDb db = db;

    public override string Name => Reports.Moments;

    public MomentReport? Report { get; private set; }

    public static string IdOf(MomentFigures side) => $"{side.Side.Moment}-{side.Side.Key}";

    protected override async Task ReadAsync(ReportFilter filter, CancellationToken ct) => Report = await MomentReport.ReadAsync(db, database, filter, ct);
}
