using Npgsql;

namespace TrainingHub.Platform.Data;

/// <summary>
/// Runs the seeds in their order. That a demo seed ran, or was declined by --empty, is kept in seed_runs: what the
/// coordinator changed or removed afterwards stays so. A seed that fails leaves no row and runs again at the next start.
/// </summary>
internal sealed partial class Seeder(
    NpgsqlDataSource database, SchemaOwner owner, IEnumerable<SeedEntry> seeds, IServiceScopeFactory scopes, TimeProvider clock, DemoData demoData, ILogger<Seeder> logger)
{
    // The lists are part of the program, so a build that put them in once has nothing new to say at its next start.
    private static readonly string ThisBuild = $"reference lists of build {typeof(Seeder).Module.ModuleVersionId:N}";

    public async Task RunAsync(DemoSeeding demo, CancellationToken ct)
    {
        var decided = await ReadAsync(ct);
        var referenceLists = demo == DemoSeeding.Insist || !decided.ContainsKey(ThisBuild);
        var ranDemo = false;
        await using var scope = scopes.CreateAsyncScope();
        foreach (var seed in seeds.OrderBy(seed => seed.Order))
        {
            if (!seed.DemoOnly && referenceLists)
            {
                await seed.RunAsync(scope.ServiceProvider, ct);
            }
            else if (seed.DemoOnly && demo != DemoSeeding.Leave && !IsSettled(decided, seed, demo))
            {
                await RunOnceAsync(seed, scope.ServiceProvider, demo, ct);
                ranDemo = true;
            }
        }

        demoData.IsDeclined = demo != DemoSeeding.Leave && (await ReadAsync(ct)).Any(seed => !seed.Value);
        if (referenceLists)
        {
            await RecordAsync(ThisBuild, ran: true, ct);
        }

        if (referenceLists || ranDemo)
        {
            // PostgreSQL would do it in a minute or two; until then it guesses at what it saw empty and reads past what seeds changed.
            await owner.TidyAsync(ct);
        }
    }

    private static bool IsSettled(Dictionary<string, bool> decided, SeedEntry seed, DemoSeeding demo) =>
        decided.TryGetValue(seed.Name, out var ran) && (ran || demo != DemoSeeding.Insist);

    private async Task RunOnceAsync(SeedEntry seed, IServiceProvider provider, DemoSeeding demo, CancellationToken ct)
    {
        if (demo != DemoSeeding.Decline)
        {
            await seed.RunAsync(provider, ct);
            LogSeeded(seed.Name);
        }

        await RecordAsync(seed.Name, ran: demo != DemoSeeding.Decline, ct);
    }

    private async Task RecordAsync(string name, bool ran, CancellationToken ct)
    {
        await using var record = database.CreateCommand(
            """
            insert into seed_runs (name, ran, decided_at)
            values ($1, $2, $3)
            on conflict (name) do update set ran = excluded.ran, decided_at = excluded.decided_at
            """);
        record.Parameters.AddWithValue(name);
        record.Parameters.AddWithValue(ran);
        record.Parameters.AddWithValue(clock.GetUtcNow());
        await record.ExecuteNonQueryAsync(ct);
    }

    private async Task<Dictionary<string, bool>> ReadAsync(CancellationToken ct)
    {
        await using var query = database.CreateCommand("select name, ran from seed_runs");
        await using var reader = await query.ExecuteReaderAsync(ct);
        var decided = new Dictionary<string, bool>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            decided[reader.GetString(0)] = reader.GetBoolean(1);
        }

        return decided;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo data put in by {Seed}")]
    private partial void LogSeeded(string seed);
}

/// <summary>Whether this program, run as Demo, was begun with --empty: then its pages speak of no demonstration.</summary>
internal sealed class DemoData
{
    public bool IsDeclined { get; set; }
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
