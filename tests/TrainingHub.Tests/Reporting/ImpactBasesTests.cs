using TrainingHub.Reporting;
using TrainingHub.Tests.Surveys;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>The base of a toolkit, worked out by hand from six answers.</summary>
public sealed class ImpactBasesTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    // Area, toolkits. BCP and Dorset have toolkits of their own; who works in both is offered all.
    private static readonly (string Area, string Toolkits)[] Answers =
    [
        ("BCP", "BCP Child Exploitation Toolkit;Neglect Toolkit"),
        ("BCP", "BCP Child Exploitation Toolkit"),
        ("BCP", "None"),
        ("Dorset", "Neglect Toolkit"),
        ("Dorset", "BCP Child Exploitation Toolkit"),
        ("Both", "None"),
    ];

    public async ValueTask InitializeAsync()
    {
        var rows = Answers.Select(answer => $"Neglect,{answer.Area},Education,2026-06-01,Confident,Good Knowledge,Yes,No,{answer.Toolkits},Yes\n");
        var outcome = await new SurveyWorld(app).ImportAsync(
            "course,area,sector,submitted_on,confidence,knowledge,changed_practice,impacted_families,toolkits,recommend\n" + string.Concat(rows));
        Assert.True(outcome.Added is 6 or 0, outcome.Words);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // 3 in BCP and 1 in both were offered it; 1 in Dorset uses it all the same: 5. Used by 2 in BCP and 1 in Dorset: 3 of 5.
    [Theory]
    [InlineData(null, "BCP Child Exploitation Toolkit", "3", "5", "60.0")]
    // Shared by all areas: 2 of 6.
    [InlineData(null, "Neglect Toolkit", "2", "6", "33.3")]
    // 2 in Dorset and 1 in both were offered it, nobody uses it.
    [InlineData(null, "Dorset Child Exploitation Toolkit", "0", "3", "0.0")]
    // "None" could be said by everybody.
    [InlineData(null, "None", "2", "6", "33.3")]
    [InlineData("BCP", "BCP Child Exploitation Toolkit", "2", "3", "66.7")]
    [InlineData("Dorset", "BCP Child Exploitation Toolkit", "1", "1", "100.0")]
    [InlineData("Dorset", "Dorset Child Exploitation Toolkit", "0", "2", "0.0")]
    public async Task Toolkit_InAnArea_CountsThoseWhoWereOfferedIt(string? area, string toolkit, string count, string ofHowMany, string percent)
    {
        var table = await app.WithAsync<TrainingHubDb, ReportTable>(async db =>
        {
            var (filter, _) = await ReportFilter.ReadAsync(db, new("2026/27", null, null, area, null, null), TestContext.Current.CancellationToken);
            return (await ImpactReport.ReadAsync(db, app.Database, filter!, TestContext.Current.CancellationToken)).Table;
        });

        Assert.Equal(["toolkits", toolkit, count, ofHowMany, percent], table.Rows.Single(row => row[0] == "toolkits" && row[1] == toolkit));
    }
}
