using Npgsql;
using Quartz;

namespace TrainingHub.Platform.Jobs;

/// <summary>
/// Says when jobs run: Quartz, clustered on the application's own database in the schema quartz, so that of several nodes
/// one runs each job. The schedule comes from code; whatever else the tables hold is deleted at the start.
/// </summary>
internal static class JobSchedule
{
    public static void AddJobSchedule(this IServiceCollection services, string connectionString)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "traininghub";
                options.GenerateInstanceId = true;
            });
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, connectionString);
                store.UseSystemTextJsonSerializer();
                store.ConfigureStore(options => options.TablePrefix = "quartz.qrtz_");
                store.ProvisionSchema();
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = TimeSpan.FromSeconds(2);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(2);
                });
            });
        });
        services.AddQuartzHostedService(options =>
        {
            options.AwaitApplicationStarted = true;
            options.WaitForJobsToComplete = true;
        });
        services.AddHostedService<ScheduleJobs>();
    }
}
