using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TrainingHub.People;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using TrainingHub.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(TestDatabase))]

namespace TrainingHub.Tests;

/// <summary>
/// One throw-away PostgreSQL for the whole test run with a migrated and seeded template, of which every test class gets a
/// copy of its own. A server that runs already can be given in TRAININGHUB_TEST_SERVER instead. Connection strings are those of the
/// role that the application runs as; <see cref="TablesOwner"/> has the other one.
/// </summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private const string Template = "template_traininghub";
    private const string DemoTemplate = "template_traininghub_demo";

    private readonly SemaphoreSlim copying = new(1);
    private readonly SemaphoreSlim seeding = new(1);
    private PrivatePostgres? server;
    private string connectionString = "";
    private int copies;
    private bool hasDemo;

    public async ValueTask InitializeAsync()
    {
        var given = Environment.GetEnvironmentVariable("TRAININGHUB_TEST_SERVER");
        server = given is null ? await PrivatePostgres.StartThrowAwayAsync(Environment.GetEnvironmentVariable("Postgres__Programs"), default) : null;
        connectionString = given ?? server!.OwnerConnectionString;
        TablesOwner.Name = new NpgsqlConnectionStringBuilder(connectionString).Username ?? TablesOwner.Name;

        await ExecuteAsync(
            $"do $$ begin if not exists (select from pg_roles where rolname = '{PrivatePostgres.Application}') then create role {PrivatePostgres.Application} login; end if; end $$");
        if (new NpgsqlConnectionStringBuilder(connectionString).Password is { Length: > 0 } password)
        {
            await ExecuteAsync($"alter role {PrivatePostgres.Application} password '{password.Replace("'", "''", StringComparison.Ordinal)}'");
        }

        await ExecuteAsync($"drop database if exists {Template}");
        await ExecuteAsync($"create database {Template}");
        await using var app = new TestApp(ConnectionTo(Template));
        // A start with --empty names no areas and toolkits; most tests need some.
        await app.WithAsync((SeedAreas areas) => areas.RunAsync(default));
        await app.WithAsync((SeedToolkits toolkits) => toolkits.RunAsync(default));
    }

    /// <summary>A new empty database, without the schema.</summary>
    public async Task<string> CreateEmptyAsync() => await CreateAsync("template1");

    /// <summary>A new database with the schema and the reference lists. Returns its connection string.</summary>
    public async Task<string> CreateAsync() => await CreateAsync(Template);

    /// <summary>A new database with the demonstration's whole programme, as it is when <see cref="TestClock"/> starts.</summary>
    public async Task<string> CreateDemoAsync()
    {
        await seeding.WaitAsync();
        try
        {
            if (!hasDemo)
            {
                await ExecuteAsync($"drop database if exists {DemoTemplate}");
                await ExecuteAsync($"create database {DemoTemplate} template {Template} strategy file_copy");
                await using var app = new TestApp(ConnectionTo(DemoTemplate));
                await app.Services.GetRequiredService<Seeder>().RunAsync(DemoSeeding.Insist, default);
                hasDemo = true;
            }
        }
        finally
        {
            seeding.Release();
        }

        return await CreateAsync(DemoTemplate);
    }

    /// <summary>Hundreds of databases together are more than the memory of a small machine, in which they lie.</summary>
    public Task DropAsync(string connectionString) =>
        ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        copying.Dispose();
        seeding.Dispose();
    }

    private async Task<string> CreateAsync(string template)
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref copies)}";
        await copying.WaitAsync();
        try
        {
            await ExecuteAsync($"create database {name} template {template} strategy file_copy");
        }
        finally
        {
            copying.Release();
        }

        return ConnectionTo(name);
    }

    private string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Database = database,
        Username = PrivatePostgres.Application,
        // So that a data source can be opened once more as the owner.
        PersistSecurityInfo = true,
        MaxPoolSize = 32,
        ConnectionIdleLifetime = 10,
    }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(TablesOwner.Of(ConnectionTo("postgres")) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
