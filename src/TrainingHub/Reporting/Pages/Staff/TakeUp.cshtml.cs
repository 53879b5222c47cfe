using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Reporting.Pages.Staff;

[ForStaff(StaffRight.ReadResults)]
internal sealed class TakeUpModel(TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock) : ReportPage(db, clock)
{
    public const int MaxRows = 50;

    public static readonly (string Group, string Heading)[] Groups =
        [("sector", "By sector"), ("area", "By area"), ("course", "By course"), ("organisation", "By organisation")];

    private readonly TimeProvider clock = clock;

    public override string Name => "take-up";

    public TakeUpReport? Report { get; private set; }

    protected override async Task ReadAsync(ReportFilter filter, CancellationToken ct) =>
        Report = await TakeUpReport.ReadAsync(database, filter, clock.GetUtcNow(), ct);
}
