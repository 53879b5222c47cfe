using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;

namespace TrainingHub.Platform.Jobs;

/// <summary>
/// Says when jobs run: Hangfire on the application's own database in the schema hangfire, so that of several nodes one runs each
/// job. The schedule comes from code; whatever else the tables hold is deleted at the start.
/// </summary>
internal static class JobSchedule
{
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    public const string Schema = "hangfire";

    private const int Workers = 3;

    /// <param name="services"></param>
    /// <param name="look">How often it looks for what is due, and a worker for something to do.</param>
    public static void AddJobSchedule(this IServiceCollection services, TimeSpan look)
    {
        services.AddHangfire((provider, hangfire) => hangfire
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UsePostgreSqlStorage(
                database => database.UseConnectionFactory(new Connections(provider.GetRequiredService<NpgsqlDataSource>())),
                new PostgreSqlStorageOptions
                {
                    SchemaName = Schema,
                    // Made with the migrations, by whoever may.
                    PrepareSchemaIfNecessary = false,
                    QueuePollInterval = look,
                    // A node that dies may leave a lock behind, which stops all others for so long.
                    DistributedLockTimeout = TimeSpan.FromMinutes(1),
                })
            .WithJobExpirationTimeout(TimeSpan.FromHours(1)));
        services.AddHangfireServer(server =>
        {
            server.WorkerCount = Workers;
            server.SchedulePollingInterval = look;
        });
        services.AddHostedService<ScheduleJobs>();
    }

    private sealed class Connections(NpgsqlDataSource database) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => database.CreateConnection();
    }
}
