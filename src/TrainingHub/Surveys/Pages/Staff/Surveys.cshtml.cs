using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>The state of the surveys of a year. Numbers only: who answered is not shown, and what they answered even less.</summary>
[ForStaff(StaffRight.ReadResults)]
internal sealed class SurveysModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Year { get; set; }

    public FinancialYear Shown { get; private set; }
    public SurveyCounts? Counts { get; private set; }
    public ProgressTable? ByMonth { get; private set; }
    public ProgressTable? ByCourse { get; private set; }
    public SurveyProgress Total { get; private set; } = SurveyProgress.None;

    /// <summary>The years to choose from: two back, one ahead, since a survey of March is due in June.</summary>
    public List<FinancialYear> Years { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var current = FinancialYear.Of(London.DateOf(now));
        Years = [.. Enumerable.Range(current.StartsIn - 2, 4).Select(year => new FinancialYear(year))];
        Shown = (Year is null ? null : FinancialYear.Parse(Year)) ?? current;
        // What was asked for may be no year: the list shows the one that is shown.
        ModelState.Clear();
        Year = Shown.ToString();
        Counts = await SurveyCounts.ReadAsync(db, now, ct);
        var lines = await SurveyProgress.ReadAsync(db, Shown.From, Shown.To, ct);
        Total = Sum(lines);
        var months = lines.GroupBy(line => line.Month).Select(month => (London.MonthWords(month.Key), Sum(month)));
        var courses = lines.GroupBy(line => line.Course).OrderBy(course => course.Key).Select(course => (course.Key, Sum(course)));
        ByMonth = new ProgressTable($"By month in which the survey is due, {Shown}", "Month", [.. months], Total);
        ByCourse = new ProgressTable($"By course, {Shown}", "Course", [.. courses], Total);
    }

    private static SurveyProgress Sum(IEnumerable<ProgressLine> lines) =>
        lines.Aggregate(SurveyProgress.None, (sum, line) => sum + line.Progress);
}
