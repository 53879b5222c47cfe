using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform.Commands;
using Xunit;

namespace TrainingHub.Tests.Platform.Commands;

/// <summary>Runs the built program as an operator does.</summary>
public sealed class VerbTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("work --once PruneJobRuns", 0, "PruneJobRuns handled 0 rows.", "")]
    [InlineData("work --once Nonsense", 2, "", "Name one job: ")]
    [InlineData("nonsense", 2, "", "does not know “nonsense”")]
    [InlineData("serve --nojobs", 2, "", "--nojobs is not an option")]
    [InlineData("demo clock +3m", 2, "", "Usage: TrainingHub demo clock")]
    [InlineData("migrate", 0, "", "")]
    [InlineData("help", 0, "work --once JOB", "")]
    public async Task Program_Words_AnswerAndExitCode(string words, int exitCode, string output, string errors)
    {
        var (code, printed, complained) = await RunAsync(words, app.ConnectionString, "Demo");

        Assert.Equal(exitCode, code);
        Assert.Contains(output, printed, StringComparison.Ordinal);
        Assert.Contains(errors, complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ProductionWithoutDatabase_SaysWhichSettingToGive()
    {
        var (code, _, complained) = await RunAsync("migrate", connectionString: "", "Production");

        Assert.Equal(1, code);
        Assert.Equal("No database is set: give a PostgreSQL connection string in ConnectionStrings__TrainingHub.", complained.Trim());
    }

    [Fact]
    public async Task Program_DemoClockInProduction_IsRefused()
    {
        var (code, _, complained) = await RunAsync("demo clock +1d", app.ConnectionString, "Production");

        Assert.Equal(1, code);
        Assert.Contains("only in the environment Demo", complained, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryVerb_HasAUsageThatBeginsWithItsName()
    {
        var verbs = app.Services.GetServices<VerbEntry>().ToList();

        Assert.NotEmpty(verbs);
        Assert.All(verbs, verb => Assert.StartsWith(verb.Name, verb.Usage, StringComparison.Ordinal));
        Assert.Equal(verbs.Count, verbs.DistinctBy(verb => verb.Name).Count());
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(string words, string connectionString, string environment) => BuiltProgram.RunAsync(
        words,
        "ASPNETCORE_ENVIRONMENT", environment,
        "ConnectionStrings__TrainingHub", connectionString,
        "TRAININGHUB_DATA", app.DataFolder);
}
