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
        Assert.Equal((7, (int?)7, null), (handled.Handled, run.Handled, run.Error));
        Assert.NotNull(run.FinishedAt);
    }

    [Fact]
    public async Task RunAsync_JobFails_RecordsTheErrorAndThrowsItOn()
    {
        var runner = Runner("Breaks", () => throw new InvalidOperationException("the disk is full"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.RunAsync("Breaks", TestContext.Current.CancellationToken));

        var run = await OnlyRunOfAsync("Breaks");
        Assert.Equal(
            $"{JobFailure.Words(new InvalidOperationException("the disk is full"))} Reference: {JobFailure.ReferenceOf(run.Id)}.", run.Error);
        Assert.Null(run.Handled);
    }

    [Fact]
    public async Task ScheduledJob_DueAgainWhileItRuns_IsLeftOut()
    {
        var (runner, go, running) = Waiting("Guarded");
        var first = new ScheduledJob(runner, app.Database).RunAsync("Guarded", TestContext.Current.CancellationToken);
        await running();

        await new ScheduledJob(runner, app.Database).RunAsync("Guarded", TestContext.Current.CancellationToken);

        Assert.Equal(1, await CountAsync("Guarded"));
        go.SetResult();
        await first;
        await new ScheduledJob(runner, app.Database).RunAsync("Guarded", TestContext.Current.CancellationToken);
        Assert.Equal(2, await CountAsync("Guarded"));
    }

    // Shows that the test above looks at the guard: without it both run.
    [Fact]
    public async Task JobRunner_AskedAgainWhileItRuns_RunsTwice()
    {
        var (runner, go, running) = Waiting("Unguarded");
        var first = runner.RunAsync("Unguarded", TestContext.Current.CancellationToken);
        await running();

        var second = runner.RunAsync("Unguarded", TestContext.Current.CancellationToken);
        await running();

        Assert.Equal(2, await CountAsync("Unguarded"));
        go.SetResult();
        await Task.WhenAll(first, second);
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
    public void EveryJob_HasAnIntervalThatHasACron()
    {
        var jobs = app.Services.GetServices<JobEntry>().ToList();

        Assert.NotEmpty(jobs);
        Assert.All(jobs, job => Assert.NotEmpty(job.Cron));
        Assert.Equal(jobs.Count, jobs.DistinctBy(job => job.Name).Count());
    }

    [Theory]
    [InlineData(15, "*/15 * * * * *")]
    [InlineData(60, "0 */1 * * * *")]
    [InlineData(300, "0 */5 * * * *")]
    [InlineData(3600, "0 0 */1 * * *")]
    [InlineData(21600, "0 0 */6 * * *")]
    public void Cron_IntervalThatDivides_IsThatInterval(int seconds, string cron) =>
        Assert.Equal(cron, new JobEntry("X", TimeSpan.FromSeconds(seconds), (_, _) => Task.FromResult(0)).Cron);

    [Theory]
    [InlineData(0.3)]
    [InlineData(7)]
    [InlineData(90)]
    [InlineData(5 * 3600)]
    public void Cron_IntervalThatDoesNot_Throws(double seconds) =>
        Assert.Throws<InvalidOperationException>(() => new JobEntry("X", TimeSpan.FromSeconds(seconds), (_, _) => Task.FromResult(0)).Cron);

    /// <summary>A job that runs until <c>Go</c>; <c>Running</c> waits until it has begun once more.</summary>
    private (JobRunner Runner, TaskCompletionSource Go, Func<Task> Running) Waiting(string name)
    {
        var (go, begun) = (new TaskCompletionSource(), new SemaphoreSlim(0));
        var runner = RunnerOf(name, async () =>
        {
            begun.Release();
            await go.Task;
            return 1;
        });
        return (runner, go, () => begun.WaitAsync(TestContext.Current.CancellationToken));
    }

    private JobRunner Runner(string name, Func<int> act) => RunnerOf(name, () => Task.FromResult(act()));

    private JobRunner RunnerOf(string name, Func<Task<int>> act) => new(
        [new JobEntry(name, TimeSpan.FromMinutes(1), (_, _) => act())],
        app.Services.GetRequiredService<IServiceScopeFactory>(), app.Database, app.Clock, NullLogger<JobRunner>.Instance);

    private async Task<JobRun> OnlyRunOfAsync(string job) =>
        await app.WithAsync<TrainingHubDb, JobRun>(db => db.JobRuns.SingleAsync(run => run.Job == job));

    private async Task<int> CountAsync(string job) =>
        await app.WithAsync<TrainingHubDb, int>(db => db.JobRuns.CountAsync(run => run.Job == job));
}
