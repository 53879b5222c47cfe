using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>The state of the surveys of a year. Numbers only: who answered is not shown, and what they answered even less.</summary>
[ForStaff(StaffRight.ReadResults)]
internal sealed class SurveysModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Year { get; set; }

    /// <summary>Part of a course's title.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Of the courses: "course", "sent", "answered" or "rate", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public FinancialYear Shown { get; private set; }
    public SurveyCounts? Counts { get; private set; }
    public ProgressTable? ByMonth { get; private set; }
    public ProgressTable? ByCourse { get; private set; }
    public SurveyProgress Total { get; private set; } = SurveyProgress.None;

    /// <summary>The years to choose from: two back, one ahead, since a survey of March is due in June.</summary>
    public List<FinancialYear> Years { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var current = FinancialYear.Of(London.DateOf(now));
        Years = [.. Enumerable.Range(current.StartsIn - 2, 4).Select(year => new FinancialYear(year))];
        Shown = (Year is null ? null : FinancialYear.Parse(Year)) ?? current;
        // What was asked for may be no year: the list shows the one that is shown.
        ModelState.Clear();
        Year = Shown.ToString();
        Counts = await SurveyCounts.ReadAsync(db, now, ct);
        var part = Q?.Trim() ?? "";
        var lines = (await SurveyProgress.ReadAsync(db, Shown.From, Shown.To, ct))
            .FindAll(line => CultureInfo.InvariantCulture.CompareInfo.IndexOf(line.Course, part, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);
        Total = Sum(lines);
        var months = lines.GroupBy(line => line.Month).Select(month => (London.MonthWords(month.Key), Sum(month)));
        var courses = Ordered([.. lines.GroupBy(line => line.Course).OrderBy(course => course.Key).Select(course => (course.Key, Sum(course)))]);
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, $"surveys-{Shown.StartsIn}", FileOf(courses), ct);
        }

        ByMonth = new ProgressTable($"By month in which the survey is due, {Shown}", "Month", [.. months], Total);
        ByCourse = new ProgressTable($"By course, {Shown}", "Course", courses, Total, IsSorted: true);
        return Page();
    }

    private List<(string Course, SurveyProgress Progress)> Ordered(List<(string Course, SurveyProgress Progress)> courses) => Sort switch
    {
        "-course" => [.. courses.AsEnumerable().Reverse()],
        "sent" => [.. courses.OrderBy(course => course.Progress.Rate.Sent)],
        "-sent" => [.. courses.OrderByDescending(course => course.Progress.Rate.Sent)],
        "answered" => [.. courses.OrderBy(course => course.Progress.Answered)],
        "-answered" => [.. courses.OrderByDescending(course => course.Progress.Answered)],
        "rate" => [.. courses.OrderBy(course => course.Progress.Rate.PerCent)],
        "-rate" => [.. courses.OrderByDescending(course => course.Progress.Rate.PerCent)],
        _ => courses,
    };

    // By course alone, as on the page: of one month and one course it could be one person's answer.
    private static TextTable FileOf(IEnumerable<(string Course, SurveyProgress Progress)> courses) => new(
        ["course", "scheduled", "sent", "not_delivered", "answered", "open", "not_answered", "stopped", "missed", "withdrawn", "response_rate"],
        [.. courses.Select(one => new[]
        {
            one.Course, Number(one.Progress.Scheduled), Number(one.Progress.Rate.Sent), Number(one.Progress.Rate.Undelivered), Number(one.Progress.Answered),
            Number(one.Progress.Open), Number(one.Progress.NotAnswered), Number(one.Progress.Stopped), Number(one.Progress.Missed), Number(one.Progress.Withdrawn),
            one.Progress.Rate.Words,
        })]);

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static SurveyProgress Sum(IEnumerable<ProgressLine> lines) =>
        lines.Aggregate(SurveyProgress.None, (sum, line) => sum + line.Progress);
}
