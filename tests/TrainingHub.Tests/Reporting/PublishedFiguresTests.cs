using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>The figures that the partnership published (reference data, November 2026) come out of the demonstration again.</summary>
public sealed class PublishedFiguresTests(DemoApp app) : IClassFixture<DemoApp>
{
    private static readonly ReportQuery Everything = new(null, null, null, null, null, null);

    [Fact]
    public async Task Impact_OfThePublishedYear_GivesEveryPublishedFigure()
    {
        var printed = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Reporting", "impact-survey-bcp-2024-25.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => (Question: OurName(cells[0]), Answer: cells[1], Count: cells[2]))
            .ToList();

        var rows = (await ReadAsync("impact", Everything with { Year = "2024/25", Area = "BCP" })).Rows;

        var given = rows.Select(row => (row[0], row[1], row[2])).ToHashSet();
        Assert.Equal(31, printed.Count);
        Assert.DoesNotContain(printed, figure => !given.Contains(figure));
    }

    [Fact]
    public async Task Impact_OfThePublishedYear_CountsToolkitsOfPeopleNotTicks()
    {
        var rows = (await ReadAsync("impact", Everything with { Year = "2024/25", Area = "bcp" })).Rows;

        Assert.Contains(rows, row => row is ["toolkits", "None", "33", "83", "39.8"]);
        Assert.Contains(rows, row => row is ["confidence", "Not Confident", "0", "83", "0.0"]);
    }

    [Fact]
    public async Task Programme_Of2022_GivesThePublishedOccupancyAndChange()
    {
        var rows = (await ReadAsync("programme", Everything with { Year = "2022/23" })).Rows.ToDictionary(row => row[0], row => row[1]);

        Assert.Equal("156", rows["courses_delivered"]);
        Assert.Equal("2876", rows["attendances"]);
        Assert.Equal("3143", rows["places"]);
        Assert.Equal("91.5", rows["occupancy_percent"]);
        Assert.Equal("1.5", rows["occupancy_change_points"]);
    }

    [Fact]
    public async Task Impact_ByAnEarlierTitle_FindsTheCourse()
    {
        var rows = (await ReadAsync("impact", Everything with { Course = "Safeguarding L2 Foundation", Area = null, Year = "2024/25" })).Rows;

        Assert.Contains(rows, row => row[0] == "course" && row[1] == "Foundation in Safeguarding Children (former L2 course)");
    }

    [Fact]
    public async Task Impact_OfTwoCutsWithFewAnswers_GivesNoTable()
    {
        var report = await app.WithAsync<TrainingHubDb, ImpactReport>(async db =>
        {
            var (filter, _) = await ReportFilter.ReadAsync(
                db, Everything with { Area = "BCP", Sector = "Police/Probationary Service", Year = "2024/25" }, TestContext.Current.CancellationToken);
            return await ImpactReport.ReadAsync(db, app.Database, filter!, TestContext.Current.CancellationToken);
        });

        Assert.Equal(1, report.Responses);
        Assert.True(report.IsSuppressed);
        Assert.Empty(report.Questions);
    }

    [Theory]
    [InlineData("2024/26", null, null, null, "year")]
    [InlineData("2024/25", "2024-05-01", null, null, "year")]
    [InlineData(null, "31/02/2025", null, null, "from")]
    [InlineData(null, null, null, "Hampshire", "area")]
    [InlineData(null, "2025-03-02", "2025-03-01", null, "to")]
    public async Task Filter_ThatCannotBeRead_SaysWhichPart(string? year, string? from, string? to, string? area, string part)
    {
        var errors = await app.WithAsync<TrainingHubDb, List<ReportError>>(async db =>
            (await ReportFilter.ReadAsync(db, new(year, from, to, area, null, null), TestContext.Current.CancellationToken)).Errors);

        Assert.Equal(part, Assert.Single(errors).Name);
    }

    private static string OurName(string printed) => printed switch
    {
        "responses_total" => "responses",
        "agency" => "sector",
        _ => printed,
    };

    private Task<ReportTable> ReadAsync(string name, ReportQuery query) => app.WithAsync<TrainingHubDb, ReportTable>(async db =>
    {
        var (filter, errors) = await ReportFilter.ReadAsync(db, query, TestContext.Current.CancellationToken);
        Assert.Empty(errors);
        return await TrainingHub.Reporting.Reports.ReadAsync(
            name, db, app.Database, filter!, app.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
    });
}
