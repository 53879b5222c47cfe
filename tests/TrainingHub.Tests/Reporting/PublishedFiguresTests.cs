using TrainingHub.Platform.Files;
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

    // 42, 37, 2, 1 and 1 answers. The last three are too few, also together, so that the 37 are withheld with them.
    [Theory]
    [InlineData("Update - Multi-Agency Working Together in Safeguarding", "40")]
    [InlineData("Multi-Agency Working Together in Safeguarding", null)]
    [InlineData("Safeguarding L2 Foundation", null)]
    public async Task Impact_OfOneCourse_IsRoundedOrWithheld(string course, string? responses)
    {
        var rows = (await ReadAsync("impact", Everything with { Course = course, Area = "BCP", Year = "2024/25" })).Rows;

        Assert.Equal(["responses", "BCP Council area", responses ?? "", responses ?? "", responses is null ? "" : "100.0"], rows[0]);
        Assert.Equal(responses is null, rows.Count == 1);
        Assert.All(rows.Skip(1), row => Assert.Equal(0, int.Parse(row[2], null) % 5));
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
            (await ReportFilter.ReadAsync(db, "programme", new(year, from, to, area, null, null), TestContext.Current.CancellationToken)).Errors);

        Assert.Equal(part, Assert.Single(errors).Name);
    }

    private static string OurName(string printed) => printed switch
    {
        "responses_total" => "responses",
        "agency" => "sector",
        _ => printed,
    };

    private Task<TextTable> ReadAsync(string name, ReportQuery query) => app.WithAsync<TrainingHubDb, TextTable>(async db =>
    {
        var (filter, errors) = await ReportFilter.ReadAsync(db, name, query, TestContext.Current.CancellationToken);
        Assert.Empty(errors);
        return await TrainingHub.Reporting.Reports.ReadAsync(
            name, db, app.Database, filter!, app.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
    });
}
