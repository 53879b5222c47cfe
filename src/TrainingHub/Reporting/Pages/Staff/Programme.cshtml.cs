using System.Globalization;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Reporting.Pages.Staff;

[ForStaff(StaffRight.ReadResults)]
internal sealed class ProgrammeModel(TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock) : ReportPage(db, clock)
{
    private readonly TimeProvider clock = clock;

    public override string Name => "programme";

    public ProgrammeReport? Report { get; private set; }

    public string ChangeWords => Report?.OccupancyChange switch
    {
        null => "Not known",
        var change => $"{(change > 0 ? "+" : "")}{ReportNumbers.OneDecimal(change.Value).Replace('-', '−')} percentage points",
    };

    public BarChart Chart => new("occupancy", "Occupancy by course", [.. Report!.Now.Courses.Where(course => course.Places > 0).Select(course =>
        new Bar(course.Course, 100m * course.Attendances / course.Places, ReportNumbers.Percent(course.Attendances, course.Places) + "%"))]);

    public IEnumerable<(string Name, string Now, string Before)> Measures =>
    [
        Row("Dates delivered", figures => figures.Runs),
        Row("Places on them", figures => figures.Places),
        Row("Attendances", figures => figures.Attendances),
        ("Occupancy", OccupancyOf(Report!.Now), Report.Before is { } before ? OccupancyOf(before) : "Not known"),
        Row("Did not attend", figures => figures.Absences),
        Row("Free places for charities and CICs", figures => figures.FreePlaces),
        ("What the free places would have cost", $"£{new Money(Report!.Now.ForgonePence).Column}", Report.Before is { } earlier ? $"£{new Money(earlier.ForgonePence).Column}" : "Not known"),
        Row("Saturday dates", figures => figures.SaturdayRuns),
        Row("Sunday dates", figures => figures.SundayRuns),
        Row("Twilight dates", figures => figures.TwilightRuns),
        Row("Cancelled dates", figures => figures.CancelledRuns),
    ];

    protected override async Task ReadAsync(ReportFilter filter, CancellationToken ct) =>
        Report = await ProgrammeReport.ReadAsync(database, filter, clock.GetUtcNow(), ct);

    private static string OccupancyOf(ProgrammeFigures figures) =>
        figures.Occupancy is { } occupancy ? ReportNumbers.OneDecimal(occupancy) + "%" : "Not known";

    private (string Name, string Now, string Before) Row(string name, Func<ProgrammeFigures, int> count) =>
        (name, Words(count(Report!.Now)), Report.Before is { } before ? Words(count(before)) : "Not known");

    private static string Words(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
