using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace TrainingHub.Platform.Data;

/// <summary>The folder in which a private server keeps its data: made whole or not at all, locked while it is looked at.</summary>
internal static class PostgresCluster
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Enterable = Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Holds the data folder's lock until disposed, so that of two processes only one starts a server.</summary>
    public static async Task<FileStream> LockAsync(string dataFolder, CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(dataFolder, Enterable | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
                return new FileStream(Path.Combine(dataFolder, "postgres.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (UnauthorizedAccessException)
            {
                throw new SetUpException($"The data folder {dataFolder} belongs to another user: name one of your own in TRAININGHUB_DATA.");
            }
            catch (IOException) when (waited.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(20, ct);
            }
        }
    }

    /// <summary>
    /// The folder with the cluster, made when missing. Where the server's user cannot enter the data folder (below a
    /// private home folder, say), the cluster is put in /var/tmp under a name made from the data folder's.
    /// </summary>
    public static async Task<string> PrepareAsync(string dataFolder, PostgresPrograms found, ServerUser user, CancellationToken ct)
    {
        var cluster = found.ClusterIn(dataFolder);
        var elsewhere = found.ClusterIn(ElsewhereFor(dataFolder));
        if (Directory.Exists(cluster) || Directory.Exists(elsewhere))
        {
            return Directory.Exists(cluster) ? cluster : elsewhere;
        }

        if (await CanEnterAsync(dataFolder, user, ct))
        {
            await InitialiseAsync(cluster, found, user, ct);
            return cluster;
        }

        Directory.CreateDirectory(ElsewhereFor(dataFolder), Enterable);
        await InitialiseAsync(elsewhere, found, user, ct);
        return elsewhere;
    }

    /// <summary>Makes a cluster under another name and then renames it: a start that was cut off leaves no half cluster.</summary>
    public static async Task InitialiseAsync(string cluster, PostgresPrograms found, ServerUser user, CancellationToken ct)
    {
        var unfinished = cluster + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        Directory.CreateDirectory(unfinished, Private);
        await user.GiveAsync(unfinished, ct);
        var (exitCode, errors) = await user.RunAsync(
            [found.InitDb, "-D", unfinished, "-N", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "postgres"], ct);
        if (exitCode != 0)
        {
            throw new SetUpException($"A PostgreSQL cluster cannot be made in {unfinished}: {errors.Trim()}");
        }

        Directory.Move(unfinished, cluster);
    }

    /// <summary>Throws away what a demonstration has made: database, emails, clock. Refuses while somebody uses the database.</summary>
    public static async Task DeleteAsync(string dataFolder, CancellationToken ct)
    {
        await using var alone = await LockAsync(dataFolder, ct);
        var clusters = new[] { dataFolder, ElsewhereFor(dataFolder) }.Where(Directory.Exists)
            .SelectMany(folder => Directory.GetDirectories(folder, "postgres-*")).ToList();
        foreach (var cluster in clusters)
        {
            if (await RunsAsync(cluster, ct))
            {
                throw new SetUpException($"The database in {cluster} is in use: stop what uses it first, or name another folder in TRAININGHUB_DATA.");
            }
        }

        var mail = Path.Combine(dataFolder, "mail");
        foreach (var folder in Directory.Exists(mail) ? [.. clusters, mail] : clusters)
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(Path.Combine(dataFolder, "clock"));
    }

    /// <summary>
    /// Waits for a server that is just stopping, and removes the note of one that was killed. PostgreSQL itself refuses to
    /// start while any process has the old number, even a zombie or somebody else's; so the command line is looked at.
    /// </summary>
    public static async Task WaitForFormerServerAsync(string cluster, CancellationToken ct)
    {
        var note = Path.Combine(cluster, "postmaster.pid");
        for (var waited = Stopwatch.StartNew(); File.Exists(note); await Task.Delay(20, ct))
        {
            var number = await FirstLineAsync(note, ct);
            if (number is not null && !await IsServerOfAsync(number, cluster, ct))
            {
                File.Delete(note);
                return;
            }

            if (waited.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new SetUpException($"A PostgreSQL server that TrainingHub did not start (process {number}) uses {cluster}: stop it first.");
            }
        }
    }

    private static async Task<bool> RunsAsync(string cluster, CancellationToken ct) =>
        File.Exists(Path.Combine(cluster, "postmaster.pid"))
        && await FirstLineAsync(Path.Combine(cluster, "postmaster.pid"), ct) is { } number
        && await IsServerOfAsync(number, cluster, ct);

    public static async Task<bool> HasFailedAsync(string log, CancellationToken ct) =>
        File.Exists(log) && (await File.ReadAllTextAsync(log, ct)).Contains("FATAL:  ", StringComparison.Ordinal)
        && !File.Exists(Path.Combine(Path.GetDirectoryName(log) ?? "/", "postmaster.pid"));

    private static async Task<bool> CanEnterAsync(string dataFolder, ServerUser user, CancellationToken ct) =>
        (await user.RunAsync(["test", "-x", dataFolder], ct)).ExitCode == 0;

    private static string ElsewhereFor(string dataFolder) =>
        "/var/tmp/traininghub-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataFolder)))[..12];

    private static async Task<string?> FirstLineAsync(string file, CancellationToken ct)
    {
        try
        {
            return (await File.ReadAllLinesAsync(file, ct)).FirstOrDefault();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static async Task<bool> IsServerOfAsync(string number, string cluster, CancellationToken ct)
    {
        try
        {
            var commandLine = await File.ReadAllTextAsync($"/proc/{number.Trim()}/cmdline", ct);
            return commandLine.Split('\0').Contains(cluster);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }
}
