using System.Diagnostics;
using Npgsql;
using TrainingHub.Platform.Data;

namespace TrainingHub.Load.Hosting;

/// <param name="Application">The published program.</param>
/// <param name="DataFolder">Exists, is empty and is thrown away afterwards by whoever made it.</param>
/// <param name="Port">Of the application; "hello" takes the next one.</param>
internal sealed record StageSettings(string Application, string DataFolder, int Port);

/// <summary>
/// What the benchmarks stand on: a private PostgreSQL as the demonstration has it (durable, usual settings), the application
/// as it is published, with its demonstration data, and "hello". Everything ends with it.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly PrivatePostgres postgres;
    private Child? app;
    private Child? hello;

    private Stage(StageSettings settings, PrivatePostgres postgres)
    {
        (Settings, this.postgres) = (settings, postgres);
        Database = NpgsqlDataSource.Create(postgres.OwnerConnectionString + ";Command Timeout=120");
    }

    public StageSettings Settings { get; }

    public NpgsqlDataSource Database { get; }

    public string SocketFolder => postgres.SocketFolder;

    public int HelloPort => Settings.Port + 1;

    public static async Task<Stage> OpenAsync(StageSettings settings, CancellationToken ct)
    {
        var stage = new Stage(settings, await PrivatePostgres.StartAsync(settings.DataFolder, programs: null, ct));
        try
        {
            await using var command = stage.Database.CreateCommand("select current_setting('server_version'), current_setting('fsync')");
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            Notes.Say($"{Environment.ProcessorCount} × {Machine.Processor}, load average {Machine.Load}; .NET {Environment.Version}; "
                + $"PostgreSQL {reader.GetString(0)}, private, fsync {reader.GetString(1)}; load generators on the same processors.");
            Notes.Say("Application: published Release, environment Demo with its programme, rate limits off, jobs and the sending of emails off "
                + "(a process of its own does them; emails are queued). Loopback, plain HTTP, Accept-Encoding: gzip, deflate, br.");
            await reader.DisposeAsync();
            // Migrates and seeds, so that every later start is a second one.
            await stage.AppAsync(ct);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async Task<Child> AppAsync(CancellationToken ct) => app ??= await StartAppAsync(postgres.ConnectionString, ct);

    public async Task<Child> HelloAsync(CancellationToken ct) => hello ??= await StartHelloAsync(ct);

    public Task<Child> StartAppAsync(string connectionString, CancellationToken ct) =>
        ServeAsync(connectionString, [new("RateLimits__Enabled", "false")], ct);

    /// <summary>With everything that keeps strangers in bounds, behind a proxy that says where they come from.</summary>
    public async Task<Child> StartBoundedAppAsync(CancellationToken ct)
    {
        await StopAppAsync();
        return app = await ServeAsync(postgres.ConnectionString, [new("Proxy__KnownProxies__0", "127.0.0.1")], ct);
    }

    /// <summary>Runs one job of the application once, in a process of its own.</summary>
    public Task<string> WorkAsync(string job, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Settings.Application, ["work", "--once", job]);
        SetUp(start, postgres.ConnectionString);
        return Child.RunAsync(Settings, start, ct);
    }

    private async Task<Child> ServeAsync(string connectionString, KeyValuePair<string, string>[] settings, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Settings.Application, ["serve", "--no-jobs", $"--urls=http://127.0.0.1:{Settings.Port}"]);
        SetUp(start, connectionString);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return await Child.ServeAsync(Settings, Settings.Port, start, ct);
    }

    private void SetUp(ProcessStartInfo start, string connectionString)
    {
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Demo";
        start.Environment["TRAININGHUB_DATA"] = Settings.DataFolder;
        start.Environment["ConnectionStrings__TrainingHub"] = connectionString;
        start.Environment["ConnectionStrings__Migrations"] = postgres.OwnerConnectionString;
    }

    public async Task<Child> StartHelloAsync(CancellationToken ct) =>
        await Child.ServeAsync(
            Settings,
            HelloPort,
            new ProcessStartInfo(Environment.ProcessPath ?? throw new InvalidOperationException("No program."), ["hello", "--port", $"{HelloPort}"]),
            ct);

    /// <summary>For the benchmark that starts it itself, again and again.</summary>
    public async Task StopAppAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
            app = null;
        }
    }

    public string ConnectionString => postgres.ConnectionString;

    /// <summary>Set by the catalogue benchmarks: what is resident afterwards is then what they left.</summary>
    public bool CatalogueWasLoaded { get; set; }

    public async ValueTask DisposeAsync()
    {
        await StopAppAsync();
        if (hello is not null)
        {
            await hello.DisposeAsync();
        }

        await Database.DisposeAsync();
        await postgres.DisposeAsync();
    }
}
