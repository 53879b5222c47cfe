using System.Diagnostics;
using Npgsql;

namespace TrainingHub.Platform.Data;

/// <summary>
/// A PostgreSQL server of our own on a Unix socket that nobody else may enter. It lives as long as one process keeps it:
/// each user of it holds a named pipe open, the server's supervisor reads from that pipe, and when the last holder is gone,
/// however it went, the supervisor stops the server. Two processes with one data folder share one server.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    /// <summary>The role that the application runs as; it owns nothing.</summary>
    public const string Application = "traininghub";

    private const string Database = "traininghub";
    private const string Owner = "postgres";

    // The supervisor opens the pipe for both, then for reading, then lets the first go: so no open can block, and the end
    // of the pipe comes at once if the starter has gone meanwhile. It removes the pipe before it stops the server, which
    // tells a latecomer that this server is going. It asks more than once, since a server that has only just begun to start
    // does not listen yet.
    private const string Supervisor = """
        alive=$1 log=$2 remove=$3; shift 3
        exec 3<>"$alive" 4<"$alive" 3>&-
        "$@" </dev/null >"$log" 2>&1 4<&- & server=$!
        read -r _ <&4
        rm -f "$alive"
        while kill -INT $server 2>/dev/null; do sleep 0.05; done
        cd / && rm -rf "${alive%/*}" $remove
        """;

    private static readonly string[] Durable = [];
    private static readonly string[] Disposable =
        ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off", "-c", "max_connections=400"];

    private readonly FileStream alive;
    private readonly Process? supervisor;

    private PrivatePostgres(string socketFolder, FileStream alive, Process? supervisor)
    {
        SocketFolder = socketFolder;
        this.alive = alive;
        this.supervisor = supervisor;
    }

    public string SocketFolder { get; }

    /// <summary>False when another process had started the server and this one only joined it.</summary>
    public bool StartedHere => supervisor is not null;

    public string ConnectionString => ConnectionTo(SocketFolder, Database, Application);

    /// <summary>For migrations. Whoever may enter the socket's folder may use both.</summary>
    public string OwnerConnectionString => ConnectionTo(SocketFolder, Database);

    /// <summary>Starts the server of a data folder, or joins the one that runs. Makes the cluster and the database when missing.</summary>
    public static async Task<PrivatePostgres> StartAsync(string dataFolder, string? programs, CancellationToken ct)
    {
        var found = PostgresPrograms.Find(programs, dataFolder);
        var user = ServerUser.Current();
        await using var alone = await PostgresCluster.LockAsync(dataFolder, ct);
        var socketRecord = found.ClusterIn(dataFolder) + ".socket";
        if (await JoinAsync(socketRecord, ct) is { } running)
        {
            return running;
        }

        var cluster = await PostgresCluster.PrepareAsync(dataFolder, found, user, ct);
        await PostgresCluster.WaitForFormerServerAsync(cluster, ct);
        var server = await LaunchAsync(found, user, cluster, remove: null, Durable, ct);
        await File.WriteAllTextAsync(socketRecord, server.SocketFolder, ct);
        return server;
    }

    /// <summary>A server for one test run: in memory where the machine has room, not durable, gone with the process.</summary>
    public static async Task<PrivatePostgres> StartThrowAwayAsync(string? programs, CancellationToken ct)
    {
        const string memory = "/dev/shm";
        var roomy = Directory.Exists(memory) && new DriveInfo(memory).AvailableFreeSpace > 1L << 30;
        var folder = Path.Combine(roomy ? memory : "/var/tmp", $"thpg-{Guid.NewGuid():N}");
        var found = PostgresPrograms.Find(programs, folder);
        var user = ServerUser.Current();
        try
        {
            await PostgresCluster.InitialiseAsync(folder, found, user, ct);
            return await LaunchAsync(found, user, folder, remove: folder, Disposable, ct);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Lets the server go. When nobody else holds it, waits until it has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await alive.DisposeAsync();
        if (supervisor is null)
        {
            return;
        }

        // Somebody who joined may keep the server for hours: as long as the pipe is open, there is nothing to wait for.
        for (var waited = Stopwatch.StartNew(); !supervisor.HasExited; await Task.Delay(10))
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(File.Exists(alive.Name) ? 3 : 30))
            {
                break;
            }
        }

        supervisor.Dispose();
    }

    internal static string ConnectionTo(string socketFolder, string database, string role = Owner) =>
        $"Host={socketFolder};Username={role};Database={database}";

    private static async Task<PrivatePostgres?> JoinAsync(string socketRecord, CancellationToken ct)
    {
        if (!File.Exists(socketRecord))
        {
            return null;
        }

        var socketFolder = await File.ReadAllTextAsync(socketRecord, ct);
        var pipe = Path.Combine(socketFolder, "alive");
        if (!File.Exists(pipe))
        {
            return null;
        }

        var alive = OpenPipe(pipe);
        await Task.Delay(100, ct);
        if (File.Exists(pipe) && await AnswersAsync(socketFolder, ct))
        {
            return new PrivatePostgres(socketFolder, alive, supervisor: null);
        }

        await alive.DisposeAsync();
        return null;
    }

    private static async Task<PrivatePostgres> LaunchAsync(
        PostgresPrograms found, ServerUser user, string cluster, string? remove, string[] settings, CancellationToken ct)
    {
        // Short, because a socket's path may have no more than 107 bytes.
        var socketFolder = $"/tmp/thpg-{Guid.NewGuid():N}"[..22];
        Directory.CreateDirectory(socketFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await user.GiveAsync(socketFolder, ct);
        var pipe = Path.Combine(socketFolder, "alive");
        await user.RunAsync(["mkfifo", "-m", "600", pipe], ct);
        var alive = OpenPipe(pipe);

        var log = Path.Combine(cluster, "server.log");
        File.Delete(log);
        string[] command =
        [
            .. user.Prefix, "sh", "-c", Supervisor, "sh", pipe, log, remove ?? "",
            found.Server, "-D", cluster, "-c", "listen_addresses=", "-c", $"unix_socket_directories={socketFolder}",
            "-c", "random_page_cost=1.1", "-c", "log_min_messages=warning", "-c", "timezone=UTC", "-c", "log_timezone=UTC", .. settings,
        ];
        var supervisor = Process.Start(new ProcessStartInfo("setsid", command) { WorkingDirectory = "/" })
            ?? throw new InvalidOperationException("setsid did not start.");

        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync(socketFolder, ct))
        {
            if (supervisor.HasExited || waited.Elapsed > TimeSpan.FromSeconds(60) || await PostgresCluster.HasFailedAsync(log, ct))
            {
                var reason = File.Exists(log) ? await File.ReadAllTextAsync(log, ct) : "";
                await alive.DisposeAsync();
                throw new SetUpException($"The private PostgreSQL in {cluster} does not start: {reason.Trim()}");
            }

            await Task.Delay(10, ct);
        }

        return new PrivatePostgres(socketFolder, alive, supervisor);
    }

    private static FileStream OpenPipe(string path) =>
        // Reading and writing: opening never waits for the other side, and counts as a holder.
        new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    /// <summary>True when the server takes connections; makes our database and the application's role when it does not have them yet.</summary>
    private static async Task<bool> AnswersAsync(string socketFolder, CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(socketFolder, ".s.PGSQL.5432")))
        {
            return false;
        }

        try
        {
            await using var connection = new NpgsqlConnection(ConnectionTo(socketFolder, Database));
            await connection.OpenAsync(ct);
            await using var role = new NpgsqlCommand(
                $"do $$ begin if not exists (select from pg_roles where rolname = '{Application}') then create role {Application} login; end if; end $$", connection);
            await role.ExecuteNonQueryAsync(ct);
            return true;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await using var connection = new NpgsqlConnection(ConnectionTo(socketFolder, "postgres") + ";Pooling=false");
            await connection.OpenAsync(ct);
            await using var create = new NpgsqlCommand($"create database {Database}", connection);
            await create.ExecuteNonQueryAsync(ct);
            return await AnswersAsync(socketFolder, ct);
        }
        catch (NpgsqlException notYet) when (notYet is not PostgresException || notYet.SqlState == PostgresErrorCodes.CannotConnectNow)
        {
            return false;
        }
    }
}
