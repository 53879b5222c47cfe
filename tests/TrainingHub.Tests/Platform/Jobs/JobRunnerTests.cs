using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TrainingHub.Platform.Jobs;
using Xunit;

namespace TrainingHub.Tests.Platform.Jobs;

public sealed class JobRunnerTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task RunAsync_JobSucceeds_RecordsWhatItHandled()
    {
        var handled = await Runner("Count7", () => 7).RunAsync("Count7", TestContext.Current.CancellationToken);

        var run = await OnlyRunOfAsync("Count7");
        Assert.Equal((7, (int?)7, null), (handled, run.Handled, run.Error));
        Assert.NotNull(run.FinishedAt);
    }

    [Fact]
    public async Task RunAsync_JobFails_RecordsTheErrorAndThrowsItOn()
    {
        var runner = Runner("Breaks", () => throw new InvalidOperationException("the disk is full"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.RunAsync("Breaks", TestContext.Current.CancellationToken));

        var run = await OnlyRunOfAsync("Breaks");
        Assert.Equal("InvalidOperationException: the disk is full", run.Error);
        Assert.Null(run.Handled);
    }

    [Fact]
    public async Task PruneJobRuns_OldRuns_KeepsFailuresForLonger()
    {
        var failing = Runner("OldFailure", () => throw new InvalidOperationException("x"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing.RunAsync("OldFailure", TestContext.Current.CancellationToken));
        await Runner("OldSuccess", () => 1).RunAsync("OldSuccess", TestContext.Current.CancellationToken);
        app.Clock.Advance(TimeSpan.FromDays(15));

        await app.RunJobAsync(nameof(PruneJobRuns));

        Assert.Equal((1, 0), (await CountAsync("OldFailure"), await CountAsync("OldSuccess")));
    }

    [Fact]
    public void EveryJob_HasAnIntervalThatQuartzTakes()
    {
        var jobs = app.Services.GetServices<JobEntry>().ToList();

        Assert.NotEmpty(jobs);
        Assert.All(jobs, job => Assert.InRange(job.Every, TimeSpan.FromSeconds(5), TimeSpan.FromDays(1)));
        Assert.Equal(jobs.Count, jobs.DistinctBy(job => job.Name).Count());
    }

    private JobRunner Runner(string name, Func<int> act) => new(
        [new JobEntry(name, TimeSpan.FromMinutes(1), (_, _) => Task.FromResult(act()))],
        app.Services.GetRequiredService<IServiceScopeFactory>(), app.Database, app.Clock, NullLogger<JobRunner>.Instance);

    private async Task<JobRun> OnlyRunOfAsync(string job) =>
        await app.WithAsync<TrainingHubDb, JobRun>(db => db.JobRuns.SingleAsync(run => run.Job == job));

    private async Task<int> CountAsync(string job) =>
        await app.WithAsync<TrainingHubDb, int>(db => db.JobRuns.CountAsync(run => run.Job == job));
}
