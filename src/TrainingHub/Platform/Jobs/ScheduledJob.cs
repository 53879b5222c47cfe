using Quartz;

namespace TrainingHub.Platform.Jobs;

/// <summary>
/// What Quartz calls when a job is due: runs the job of the same name. A failure was logged and recorded by then; here it
/// ends, so that the schedule goes on. On one node at a time.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class ScheduledJob(JobRunner jobs) : Quartz.IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await jobs.RunAsync(context.JobDetail.Key.Name, cancellationToken);
        }
        catch (Exception failure)
        {
            throw new JobExecutionException(failure);
        }
    }
}
