using Microsoft.AspNetCore.Mvc.Rendering;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Reporting.Pages.Staff;

[ForStaff(StaffRight.ReadMoney)]
internal sealed class IncomeModel(TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock) : ReportPage(db, clock)
{
    public override string Name => "income";

    public IncomeReport? Report { get; private set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } = [.. IncomeReport.ByNames.Select(one => new SelectListItem(one.Words, one.Name))];

    public static string Total(IncomeReport report, Func<IncomeRow, Money> part) =>
        report.Rows.Aggregate(Money.Zero, (sum, row) => sum + part(row)).Column;

    protected override async Task ReadAsync(ReportFilter filter, CancellationToken ct) =>
        Report = await IncomeReport.ReadAsync(database, filter, ct);
}
