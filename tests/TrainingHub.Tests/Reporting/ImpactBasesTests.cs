using TrainingHub.Platform.Files;
using TrainingHub.Reporting;
using TrainingHub.Tests.Surveys;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>The base of a toolkit, worked out by hand from six answers, each given by five people.</summary>
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
            "course,area,sector,submitted_on,confidence,knowledge,changed_practice,impacted_families,toolkits,recommend\n" + string.Concat(Enumerable.Repeat(rows, 5).SelectMany(row => row)));
        Assert.True(outcome.Added is 30 or 0, outcome.Words);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Times five: 3 in BCP and 1 in both were offered it; 1 in Dorset uses it all the same: 5. Used by 2 in BCP and 1 in Dorset: 3 of 5.
    [Theory]
    [InlineData(null, "BCP Child Exploitation Toolkit", "15", "25", "60.0")]
    // Shared by all areas: 2 of 6.
    [InlineData(null, "Neglect Toolkit", "10", "30", "33.3")]
    // 2 in Dorset and 1 in both were offered it, nobody uses it.
    [InlineData(null, "Dorset Child Exploitation Toolkit", "0", "15", "0.0")]
    // "None" could be said by everybody.
    [InlineData(null, "None", "10", "30", "33.3")]
    [InlineData("BCP", "BCP Child Exploitation Toolkit", "10", "15", "66.7")]
    [InlineData("Dorset", "BCP Child Exploitation Toolkit", "5", "5", "100.0")]
    [InlineData("Dorset", "Dorset Child Exploitation Toolkit", "0", "10", "0.0")]
    public async Task Toolkit_InAnArea_CountsThoseWhoWereOfferedIt(string? area, string toolkit, string count, string ofHowMany, string percent)
    {
        var table = await app.WithAsync<TrainingHubDb, TextTable>(async db =>
        {
            var (filter, _) = await ReportFilter.ReadAsync(db, "impact", new("2026/27", null, null, area, null, null), TestContext.Current.CancellationToken);
            return (await ImpactReport.ReadAsync(db, app.Database, filter!, TestContext.Current.CancellationToken)).Table;
        });

        Assert.Equal(["toolkits", toolkit, count, ofHowMany, percent], table.Rows.Single(row => row[0] == "toolkits" && row[1] == toolkit));
    }
}
