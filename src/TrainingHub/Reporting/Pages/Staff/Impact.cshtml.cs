using Npgsql;

namespace TrainingHub.Reporting.Pages.Staff;

internal sealed class ImpactModel(TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock) : ReportPage(db, clock)
{
    private readonly TrainingHubDb db = db;

    public override string Name => Reports.Impact;

    public ImpactReport? Report { get; private set; }

    public static BarChart ChartOf(QuestionFigures question) => new($"chart-{question.Key}", question.Wording, [.. question.Answers.Select(answer =>
        new Bar(answer.Label, answer.Base == 0 ? 0 : 100m * answer.Count / answer.Base, ReportNumbers.Percent(answer.Count, answer.Base) + "%"))]);

    protected override async Task ReadAsync(ReportFilter filter, CancellationToken ct) =>
        Report = await ImpactReport.ReadAsync(db, database, filter, ct);
}
