namespace TrainingHub.Platform.Data;

/// <summary>Which database is used: the one in ConnectionStrings:TrainingHub; without it, in Demo and Development, a private one.</summary>
internal static class DatabaseSetting
{
    /// <summary>Fills the setting in and returns the private server that was started or joined for it, if one was.</summary>
    public static async Task<PrivatePostgres?> ProvideAsync(
        ConfigurationManager configuration, IHostEnvironment environment, CancellationToken ct)
    {
        if (configuration.GetConnectionString("TrainingHub") is { Length: > 0 })
        {
            return null;
        }

        if (!environment.IsDemo() && !environment.IsDevelopment())
        {
            throw new SetUpException("No database is set: give a PostgreSQL connection string in ConnectionStrings__TrainingHub.");
        }

        if (environment.IsDemo() && configuration.GetValue("Demo:Fresh", false))
        {
            await PostgresCluster.DeleteAsync(DataFolder.In(configuration), ct);
        }

        var server = await PrivatePostgres.StartAsync(DataFolder.In(configuration), configuration["Postgres:Programs"], ct);
        configuration["ConnectionStrings:TrainingHub"] = server.ConnectionString;
        configuration["ConnectionStrings:Migrations"] = server.OwnerConnectionString;
        return server;
    }
}
