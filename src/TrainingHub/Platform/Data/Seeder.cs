using Npgsql;

namespace TrainingHub.Platform.Data;

/// <summary>
/// Runs the seeds in their order. That a demo seed ran, or was declined by --empty, is kept in seed_runs: what the
/// coordinator changed or removed afterwards stays so. A seed that fails leaves no row and runs again at the next start.
/// </summary>
internal sealed partial class Seeder(NpgsqlDataSource database, IServiceScopeFactory scopes, TimeProvider clock, ILogger<Seeder> logger)
{
    public async Task RunAsync(DemoSeeding demo, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var seed in scope.ServiceProvider.GetServices<ISeed>().OrderBy(seed => seed.Order))
        {
            if (!seed.DemoOnly)
            {
                await seed.RunAsync(cancellationToken);
            }
            else if (demo != DemoSeeding.Leave)
            {
                await RunOnceAsync(seed, demo, cancellationToken);
            }
        }
    }

    private async Task RunOnceAsync(ISeed seed, DemoSeeding demo, CancellationToken cancellationToken)
    {
        var name = seed.GetType().Name;
        if (await IsDecidedAsync(name, demo, cancellationToken))
        {
            return;
        }

        if (demo != DemoSeeding.Decline)
        {
            await seed.RunAsync(cancellationToken);
            LogSeeded(name);
        }

        await using var record = database.CreateCommand(
            """
            insert into seed_runs (name, ran, decided_at)
            values ($1, $2, $3)
            on conflict (name) do update set ran = excluded.ran, decided_at = excluded.decided_at
            """);
        record.Parameters.AddWithValue(name);
        record.Parameters.AddWithValue(demo != DemoSeeding.Decline);
        record.Parameters.AddWithValue(clock.GetUtcNow());
        await record.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<bool> IsDecidedAsync(string name, DemoSeeding demo, CancellationToken cancellationToken)
    {
        await using var query = database.CreateCommand("select ran from seed_runs where name = $1");
        query.Parameters.AddWithValue(name);
        return await query.ExecuteScalarAsync(cancellationToken) is bool ran && (ran || demo != DemoSeeding.Insist);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo data put in by {Seed}")]
    private partial void LogSeeded(string seed);
}

internal enum DemoSeeding
{
    /// <summary>Neither run demo seeds nor decide about them.</summary>
    Leave,

    /// <summary>Run those about which nothing was decided.</summary>
    Once,

    /// <summary>Note that this database shall have no demo data.</summary>
    Decline,

    /// <summary>Run those that did not run, also when they were declined before.</summary>
    Insist,
}
