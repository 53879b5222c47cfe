using Npgsql;
using TrainingHub.Platform.Commands;
using TrainingHub.Platform.Csv;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform;

internal static class PlatformFeature
{
    public static void AddPlatform(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton(environment.IsDemo() ? new DemoClock(DataFolder.In(configuration)) : TimeProvider.System);
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(configuration.GetConnectionString("TrainingHub")) { Name = "traininghub" }.Build());

        services.AddSingleton<Seeder>();
        services.AddSingleton<VerbRunner>();
        services.AddVerb<DemoVerb>();

        services.AddSingleton<JobRunner>();
        services.AddVerb<WorkOnceVerb>();
        services.AddJob<PruneJobRuns>();
        services.AddJob<PruneImportUploads>();
    }
}
