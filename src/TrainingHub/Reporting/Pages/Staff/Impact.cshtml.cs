using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Reporting.Pages.Staff;

[ForStaff(StaffRight.ReadResults, StaffRight.ReadAreaResults)]
internal sealed class ImpactModel(TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock) : ReportPage(db, clock)
{
    private readonly TrainingHubDb db = db;

    public override string Name => Reports.Impact;

    public ImpactReport? Report { get; private set; }

    public static BarChart ChartOf(QuestionFigures question) => new($"chart-{question.Key}", question.Wording, [.. question.Answers.Select(answer =>
        new Bar(answer.Label, answer.Base == 0 ? 0 : 100m * answer.Count / answer.Base, ReportNumbers.Percent(answer.Count, answer.Base) + "%"))]);

    /// <summary>How the area of those who work in several is called; null when there is none.</summary>
    public string? Everywhere { get; private set; }

    protected override async Task ReadAsync(ReportFilter filter, CancellationToken ct)
    {
        Report = await ImpactReport.ReadAsync(db, database, filter, ct);
        Everywhere = await db.Areas.Where(area => area.Kind == AreaKind.Everywhere).OrderBy(area => area.SortOrder).Select(area => area.LongName).FirstOrDefaultAsync(ct);
    }
}
