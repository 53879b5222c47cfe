using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Reporting.Pages.Staff;

/// <summary>Recommendations without training, what was taught since a course changed, and whom it has not reached.</summary>
[ForStaff(StaffRight.ReadResults)]
internal sealed class LearningGapsModel(TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock) : ReportPage(db, clock)
{
    public const int MaxRows = 50;

    /// <summary>An answer's share among those who attended before a change, and after it.</summary>
    internal sealed record AnswerShare(string Question, string Answer, AnswerCount? Before, AnswerCount? After);

    private readonly TrainingHubDb db = db;
    private readonly TimeProvider clock = clock;

    public override string Name => Reports.Learning;

    protected override bool BeginsWithAllDates => true;

    public LearningReport? Report { get; private set; }

    /// <summary>A change that holds from a later day has reached nobody yet, and that is no gap.</summary>
    public DateOnly Today { get; } = London.DateOf(clock.GetUtcNow());

    /// <summary>The financial years before and after the one in which the chosen course changed; null when no course is chosen, or it has not changed.</summary>
    public (FinancialYear Before, FinancialYear After)? Compared { get; private set; }

    public IReadOnlyList<AnswerShare> Shares { get; private set; } = [];

    /// <summary>Places attended, the longest bar being the most.</summary>
    public static BarChart ChartOf(IReadOnlyList<LearningRow> rows, string what)
    {
        var most = Math.Max(1, rows.Select(row => row.Attended).DefaultIfEmpty().Max());
        return new($"chart-{what}", $"Places attended since the change, by {what}", [.. rows.Select(row => new Bar(row.Name, 100m * row.Attended / most, ReportNumbers.Number(row.Attended)))]);
    }

    /// <summary>"73.9% of 46"; a dash when there is no such answer, or too few gave any.</summary>
    public static string Words(AnswerCount? count) => count is not { Base: > 0 } ? "–" : $"{ReportNumbers.Percent(count.Count, count.Base)}% of {count.Base}";

    protected override async Task ReadAsync(ReportFilter filter, CancellationToken ct)
    {
        Report = await LearningReport.ReadAsync(database, filter, clock.GetUtcNow(), ct);
        if (filter.Course is { } course && Report.Of(LearningReport.Change) is [_, ..] changes && changes.Min(change => change.Since) is { } since)
        {
            await CompareAsync(filter, FinancialYear.Of(since), ct);
        }
    }

    // By whole financial years of the answers, as every figure of one course: see Disclosure. The year of the change holds both, and is in neither.
    private async Task CompareAsync(ReportFilter filter, FinancialYear changed, CancellationToken ct)
    {
        Compared = (changed.Previous, changed.Next);
        var only = filter with { Sector = null };
        var before = await ImpactReport.ReadAsync(db, database, only with { From = changed.Previous.From, To = changed.Previous.To, Year = changed.Previous }, ct);
        var after = await ImpactReport.ReadAsync(db, database, only with { From = changed.Next.From, To = changed.Next.To, Year = changed.Next }, ct);
        Shares =
        [
            .. before.Questions.Concat(after.Questions).Where(question => question.Key is not ("course" or "sector")).DistinctBy(question => question.Key)
                .SelectMany(question => question.Answers.Select(answer => new AnswerShare(question.Wording, answer.Label, Find(before, question.Key, answer.Label), Find(after, question.Key, answer.Label)))),
        ];
    }

    private static AnswerCount? Find(ImpactReport report, string question, string answer) =>
        report.Questions.FirstOrDefault(one => one.Key == question)?.Answers.FirstOrDefault(one => one.Label == answer);
}
