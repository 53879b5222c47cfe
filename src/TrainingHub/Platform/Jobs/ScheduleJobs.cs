using Hangfire;
using Hangfire.Storage;

namespace TrainingHub.Platform.Jobs;

/// <summary>
/// Makes Hangfire's tables say what the code says: each job at its interval, nothing else. A schedule that is right already is
/// left alone, so a restart shifts nothing. Two nodes that do this at once write the same.
/// </summary>
internal sealed class ScheduleJobs(
    IRecurringJobManager schedule, JobStorage storage, IEnumerable<JobEntry> jobs, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        DeleteUnlisted();
        foreach (var job in jobs)
        {
            schedule.AddOrUpdate<ScheduledJob>(job.Name, scheduled => scheduled.RunAsync(job.Name, CancellationToken.None), job.Cron);
        }
    }

    private void DeleteUnlisted()
    {
        var listed = jobs.Select(job => job.Name).ToHashSet(StringComparer.Ordinal);
        using var connection = storage.GetConnection();
        foreach (var job in connection.GetRecurringJobs().Where(job => !listed.Contains(job.Id)))
        {
            schedule.RemoveIfExists(job.Id);
        }
    }
}
