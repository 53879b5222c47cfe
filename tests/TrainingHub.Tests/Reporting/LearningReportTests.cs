using TrainingHub.Attendance;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Reporting;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>What reviews asked for against what was taught since, worked out by hand. It is 2 November 2026.</summary>
public sealed class LearningReportTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    private static readonly DateOnly Changed = new(2026, 9, 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (await app.WithAsync<TrainingHubDb, bool>(db => Task.FromResult(db.Courses.Any())))
        {
            return;
        }

        var given = app.Given;
        var (hill, vale) = (await given.OrganisationAsync("Hill School", isApproved: true), await given.OrganisationAsync("Vale School", isApproved: true));
        await given.SectorIdAsync();
        await given.AreaIdAsync();
        var course = (await given.CourseAsync("Neglect")).Id;
        var source = await given.SourceAsync("Review of neglect");
        var taught = await given.RecommendationAsync(source.Id, "1");
        await given.RecommendationAsync(source.Id, "2");
        await given.ContentChangeAsync((await given.ActionAsync(new DateOnly(2027, 1, 1), recommendation: taught.Id)).Id, Changed, null, course);
        await AttendAsync(course, new(2026, 6, 2), (new("Ann One") { For = hill }, Mark.Attended), (new("Bob Two") { For = vale }, Mark.Attended));
        await AttendAsync(course, new(2026, 10, 6), (new("Cat Three") { For = hill, Sector = "Health" }, Mark.Attended), (new("Dan Four") { For = vale }, Mark.Absent), (new("Eve Five") { For = hill, Area = "Dorset" }, Mark.Part));
        await AttendAsync(course, new(2026, 12, 8), (new("Fay Six") { For = vale }, null));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("recommendation", "Review of neglect, 2", 0, 0, 0)]
    [InlineData("change", "Neglect", 1, 2, 1)]
    [InlineData("sector", "Health", 1, 1, 0)]
    [InlineData("sector", "Education", 1, 1, 1)]
    [InlineData("sector", "Local Authority", 0, 0, 0)]
    [InlineData("area", "BCP", 1, 1, 1)]
    [InlineData("area", "Dorset", 1, 1, 0)]
    [InlineData("organisation", "Vale School", 0, 1, 1)]
    public async Task Row_IsAsWorkedOutByHand(string group, string name, int dates, int attended, int coming)
    {
        var row = Assert.Single((await ReportAsync()).Of(group), one => one.Name == name);

        Assert.Equal((dates, attended, coming), (row.Dates, row.Attended, row.Coming));
    }

    [Fact]
    public async Task WhatHasArrived_IsInNoListOfGaps()
    {
        var report = await ReportAsync();

        Assert.DoesNotContain(report.Of(LearningReport.Recommendation), row => row.Name == "Review of neglect, 1");
        Assert.DoesNotContain(report.Of(LearningReport.Organisation), row => row.Name == "Hill School");
        Assert.Equal(Changed, Assert.Single(report.Of(LearningReport.Change)).Since);
    }

    [Fact]
    public async Task Page_ShowsTheGaps_AndAChosenCourseAsksForYearsOfAnswers()
    {
        var staff = await app.BrowseAsStaffAsync();

        var page = await staff.GetAsync(ReportingUrls.Report(Reports.Learning));
        var chosen = await page.SubmitAsync(form => form["Course"] = form.ValueOfOption("Course", "Neglect"), selector: "main form.app-report-filter");
        var file = await staff.GetAsync(ReportingUrls.Csv(Reports.Learning, ""));

        Assert.Contains("Review of neglect, 2", page.Main);
        Assert.Contains("One organisation had people on a changed course before it changed, and none since", page.Main);
        Assert.Contains("Choose one changed course above", page.Main);
        Assert.Contains("There are too few answers of 2025/26 and of 2027/28", chosen.Main);
        Assert.Contains("organisation,Vale School", file.Text);
    }

    private async Task<LearningReport> ReportAsync()
    {
        var (filter, _) = await app.WithAsync((TrainingHubDb db) => ReportFilter.ReadAsync(db, Reports.Learning, new(null, null, null, null, null, null), Ct));
        return await LearningReport.ReadAsync(app.Database, filter!, app.Clock.Now, Ct);
    }

    private async Task AttendAsync(Guid course, DateOnly on, params (GivenDelegate Who, Mark? Mark)[] people)
    {
        var run = await app.Given.RunAsync(course, on);
        var places = await app.Given.PlacesAsync(run, [.. people.Select(one => one.Who)]);
        foreach (var (place, person) in places.Zip(people).Where(pair => pair.Second.Mark is not null))
        {
            await app.Given.MarkAsync(place.Place.Id, run.EndsAt, person.Mark!.Value);
        }
    }
}
