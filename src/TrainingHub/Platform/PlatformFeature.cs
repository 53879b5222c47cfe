using Npgsql;
using TrainingHub.Platform.Commands;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform;

internal static class PlatformFeature
{
    // Statements that come again are prepared once a connection. A connection carries no settings of one request over to the
    // next, so that the reset before each use would undo nothing. What the connection string says itself counts more.
    private const string UsualConnection = "Max Auto Prepare=200;Auto Prepare Min Usages=2;No Reset On Close=true;Maximum Pool Size=20;";

    public static void AddPlatform(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton(environment.IsDemo() ? new DemoClock(DataFolder.In(configuration)) : TimeProvider.System);
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(UsualConnection + configuration.GetConnectionString("TrainingHub")) { Name = "traininghub" }.Build());

        services.AddSingleton<StoredSettings>().AddScoped<SaveSettings>();
        services.AddSingleton<SchemaOwner>().AddSingleton<Seeder>().AddSingleton<DemoData>();
        services.AddSeed<SeedDemoSettings>();
        services.AddSingleton<VerbRunner>();
        services.AddVerb<DemoVerb>();

        services.AddSingleton<JobRunner>();
        services.AddVerb<WorkOnceVerb>();
        services.AddSingleton<Tries>();
        services.AddScoped<UndoAct>().AddScoped<UndoOffers>();
        services.AddSingleton<ApplyRetention>().AddSingleton<RetentionRules>().AddRetention(PlatformRetention.Rules).AddVerb<RetentionVerb>();
        services.AddJob<LinkHistory>().AddJob<PruneUndo>().AddJob<PruneJobRuns>().AddJob<PruneTries>().AddJob<PruneLinks>();
        AddFiles(services, configuration);
    }

    private static void AddFiles(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ReadImportFile>();
        services.AddScoped<RememberMapping>();
        services.AddScoped<ImportQueue>();
        services.AddSingleton<ImportRunner>();
        services.AddJob<RunImports>().AddJob<PruneImportUploads>();
        if (configuration.GetValue("Jobs:Enabled", defaultValue: true))
        {
            services.AddHostedService<DispatchImports>();
        }
    }
}
