using Quartz;

namespace TrainingHub.Platform.Jobs;

/// <summary>
/// Makes Quartz's tables say what the code says: each job at its interval, nothing else. A schedule that is right already is
/// left alone, so a restart shifts nothing. Two nodes that do this at once write the same.
/// </summary>
internal sealed class ScheduleJobs(ISchedulerFactory schedulers, IEnumerable<JobEntry> jobs, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        var scheduler = await schedulers.GetScheduler(stoppingToken);
        await DeleteUnlistedAsync(scheduler, stoppingToken);
        foreach (var job in jobs)
        {
            await ScheduleAsync(scheduler, job, stoppingToken);
        }
    }

    private static async Task ScheduleAsync(IScheduler scheduler, JobEntry job, CancellationToken cancellationToken)
    {
        var key = new TriggerKey(job.Name);
        if (await scheduler.GetTrigger(key, cancellationToken) is ISimpleTrigger existing && existing.RepeatInterval == job.Every)
        {
            return;
        }

        var detail = JobBuilder.Create<ScheduledJob>().WithIdentity(job.Name).Build();
        var trigger = TriggerBuilder.Create()
            .WithIdentity(key)
            .ForJob(detail.Key)
            .StartNow()
            .WithSimpleSchedule(every => every
                .WithInterval(job.Every)
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithRemainingCount))
            .Build();
        await scheduler.ScheduleJob(detail, [trigger], new ScheduleJobOptions { Replace = true }, cancellationToken);
    }

    private async Task DeleteUnlistedAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        var listed = jobs.Select(job => job.Name).ToHashSet(StringComparer.Ordinal);
        var stored = await scheduler.QueryJobs(new JobQuery(), cancellationToken);
        foreach (var job in stored.Items.Where(job => !listed.Contains(job.Key.Name)))
        {
            await scheduler.DeleteJob(job.Key, cancellationToken);
        }
    }
}
