using System.Net;
using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Reporting;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>Two providers side by side, worked out by hand. It is 2 November 2026.</summary>
public sealed class ProviderReportTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    private static readonly FinancialYear Year = new(2026);

    private Guid hill, vale;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var given = app.Given;
        if (await app.WithAsync<TrainingHubDb, Provider?>(db => Task.FromResult(db.Providers.FirstOrDefault(one => one.Name == "Hill Training"))) is { } known)
        {
            (hill, vale) = (known.Id, await app.WithAsync<TrainingHubDb, Guid>(db => Task.FromResult(db.Providers.First(one => one.Name == "Vale Training").Id)));
            return;
        }

        (hill, vale) = ((await given.ProviderAsync("Hill Training")).Id, (await given.ProviderAsync("Vale Training")).Id);
        var course = (await given.CourseAsync("Neglect")).Id;
        // Hill: 20 places each, 2 and 1 came to the first two of four, and 1 in another year; one date cancelled, one to come.
        await EvaluatedAsync(await HeldAsync(course, hill, new(2026, 6, 2), Mark.Attended, Mark.Part, Mark.Absent), (10, 15), (5, 10));
        await EvaluatedAsync(await HeldAsync(course, hill, new(2026, 9, 1), Mark.Attended, null), (15, 15), (5, 5));
        await EvaluatedAsync(await HeldAsync(course, hill, new(2026, 9, 8)), (5, 5), (5, 5));
        await EvaluatedAsync(await HeldAsync(course, hill, new(2026, 9, 15)), (5, 10), (0, 5));
        await EvaluatedAsync(await HeldAsync(course, hill, new(2026, 3, 31), Mark.Attended), (5, 20), (5, 20));
        await given.CancelledByAsync(course, hill, new(2026, 7, 1));
        await given.RunByAsync(course, hill, new(2026, 12, 1));
        // Vale: one date, too few for a figure of answers.
        await EvaluatedAsync(await HeldAsync(course, vale, new(2026, 5, 5), Mark.Attended, Mark.Attended), (5, 5), null);
        // Of nobody.
        await given.RunAsync(course, new DateOnly(2026, 5, 6));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Figures_AreAsWorkedOutByHand()
    {
        var report = await ReadAsync(Year, Year.Previous);

        Assert.Equal((4, 80, 3, 1, 1), Of(report.Of(hill, Year)));
        Assert.Equal((1, 20, 1, 0, 0), Of(report.Of(hill, Year.Previous)));
        Assert.Equal((1, 20, 2, 0, 0), Of(report.Of(vale, Year)));
        Assert.Equal((5, 100, 5, 1, 1), Of(report.TogetherIn(Year)));
        Assert.Equal(1, Assert.Single(report.All, one => one.Id is null).Dates);
        var end = report.Of(hill, Year).Of(SurveyMoment.End, "confidence");
        Assert.Equal((35, 45, 4), (end!.Good, end.Base, end.Dates));
        Assert.Equal("60.0% of 25", ProviderMeasures.Words(report.Of(hill, Year).Of(SurveyMoment.ThreeMonths, "changed_practice")));
    }

    [Fact]
    public async Task FewerThanFourDates_AreNotShownAlone_AndCountTogether()
    {
        var report = await ReadAsync(Year);

        Assert.Null(report.Of(vale, Year).Of(SurveyMoment.End, "confidence"));
        Assert.Equal((40, 50), (report.TogetherIn(Year).Of(SurveyMoment.End, "confidence")!.Good, report.TogetherIn(Year).Of(SurveyMoment.End, "confidence")!.Base));
    }

    [Fact]
    public async Task PageAndFiles_SayTheSame()
    {
        var staff = await app.BrowseAsStaffAsync();

        var page = await staff.GetAsync(ReportingUrls.Report(Reports.Providers));
        var file = (await staff.GetAsync(page.Find("a[download][href*='.csv']").GetAttribute("href")!)).Text;
        var earlier = await page.SubmitAsync(form => form["Year"] = "2025/26", selector: "main form.app-filter");

        Assert.Contains("Hill Training 4 dates of Hill Training 3 3.8% 1 cancelled dates of Hill Training 77.8% of 45", page.Main, StringComparison.Ordinal);
        Assert.Contains("All providers together 5 5 5.0% 1 80.0% of 50", page.Main, StringComparison.Ordinal);
        Assert.Contains("Hill Training,4,80,3,3.8,1,45,77.8,", file, StringComparison.Ordinal);
        Assert.Contains("No provider named,1,20,0,0.0,0,", file, StringComparison.Ordinal);
        Assert.Contains("Hill Training 1 dates of Hill Training 1 5.0%", earlier.Main, StringComparison.Ordinal);
        var rows = await staff.GetAsync(page.Find("td a[href*='provider=']").GetAttribute("href")!);
        Assert.Contains("6 dates", rows.Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?year=2026/27&course=neglect")]
    [InlineData("?year=2026/27&sector=Education")]
    [InlineData("?from=2026-04-01&to=2026-06-30")]
    [InlineData("?from=&to=")]
    public async Task NarrowerThanAYearOfAProvider_IsRefused(string query)
    {
        await app.Given.SectorIdAsync();
        var staff = await app.BrowseAsStaffAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await staff.GetAsync(ReportingUrls.Csv(Reports.Providers, query))).Status);
        Assert.NotEmpty((await staff.GetAsync(ReportingUrls.Report(Reports.Providers) + query)).Errors);
    }

    [Fact]
    public async Task WholeYearByItsDays_IsTheYear() => Assert.Contains(
        "Hill Training,4,80,3,3.8,1,45,77.8,",
        (await (await app.BrowseAsStaffAsync()).GetAsync(ReportingUrls.Csv(Reports.Providers, "?from=2026-04-01&to=2027-03-31"))).Text, StringComparison.Ordinal);

    [Fact]
    public async Task QualityPage_ShowsTheProviderBesideAllForThreeYears()
    {
        var staff = await app.BrowseAsStaffAsync();

        var page = await staff.GetAsync(CatalogueUrls.ProviderQuality(hill));
        var earlier = await staff.GetAsync(CatalogueUrls.ProviderQuality(hill) + "?year=2025/26");

        Assert.Contains("Dates delivered 4 dates delivered in 2026/27 5 1 dates delivered in 2025/26 1 0 0", page.Main, StringComparison.Ordinal);
        Assert.Contains("Occupancy 3.8% 5.0% 5.0% 5.0% – –", page.Main, StringComparison.Ordinal);
        Assert.Contains("Confident at the end (8 to 10 of 10) 77.8% of 45 80.0% of 50 – – – –", page.Main, StringComparison.Ordinal);
        Assert.Contains("Dates delivered 1 dates delivered in 2025/26 1 0 0 0 0", earlier.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task YearWithoutDates_SaysSo() => Assert.Contains(
        "No date was delivered or cancelled in this year",
        (await (await app.BrowseAsStaffAsync()).GetAsync(ReportingUrls.Report(Reports.Providers) + "?year=2019/20")).Main, StringComparison.Ordinal);

    private static (int Dates, int Places, int Came, int Unmarked, int Cancelled) Of(ProviderFigures one) => (one.Dates, one.Places, one.Came, one.Unmarked, one.Cancelled);

    private Task<ProviderReport> ReadAsync(params FinancialYear[] years) => ProviderReport.ReadAsync(app.Database, years, app.Clock.Now, Ct);

    private async Task<CourseRun> HeldAsync(Guid course, Guid provider, DateOnly on, params Mark?[] marks)
    {
        var run = await app.Given.RunByAsync(course, provider, on);
        await app.Given.SectorIdAsync();
        await app.Given.AreaIdAsync();
        var places = await app.Given.PlacesAsync(run, [.. marks.Select((_, number) => new GivenDelegate($"Del{number} {run.Reference}"))]);
        foreach (var (place, mark) in places.Zip(marks).Where(pair => pair.Second is not null))
        {
            await app.Given.MarkAsync(place.Place.Id, run.EndsAt, mark!.Value);
        }

        return run;
    }

    private async Task EvaluatedAsync(CourseRun run, (int Good, int Base) end, (int Good, int Base)? later)
    {
        await app.Given.EvaluationAsync(run.Id, SurveyMoment.End, new DateMeasure("confidence", end.Good, end.Base));
        if (later is { } changed)
        {
            await app.Given.EvaluationAsync(run.Id, SurveyMoment.ThreeMonths, new DateMeasure("changed_practice", changed.Good, changed.Base));
        }
    }
}
