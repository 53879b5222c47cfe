using System.Diagnostics;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using Xunit;

namespace TrainingHub.Tests.Platform.Data;

/// <summary>Starts and kills the real program, as a demonstration does.</summary>
public sealed class PrivatePostgresTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("traininghub-data-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public PrivatePostgresTests() => File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);

    [Fact]
    public async Task StartAsync_SecondTime_FindsWhatWasWritten()
    {
        await using (var first = await PrivatePostgres.StartAsync(folder, null, Stop))
        {
            await ExecuteAsync(first, "create table kept (answer integer); insert into kept values (42)");
        }

        await using var second = await PrivatePostgres.StartAsync(folder, null, Stop);

        Assert.True(second.StartedHere);
        Assert.Equal(42, await ExecuteAsync(second, "select answer from kept"));
    }

    [Fact]
    public async Task StartAsync_ServerRuns_JoinsAndKeepsItWhenTheFirstGoes()
    {
        var first = await PrivatePostgres.StartAsync(folder, null, Stop);
        await using var second = await PrivatePostgres.StartAsync(folder, null, Stop);

        await first.DisposeAsync();

        Assert.False(second.StartedHere);
        Assert.Equal(1, await ExecuteAsync(second, "select 1"));
    }

    [Fact]
    public async Task StartAsync_TwoAtOnce_ShareOneServer()
    {
        var both = await Task.WhenAll(PrivatePostgres.StartAsync(folder, null, Stop), PrivatePostgres.StartAsync(folder, null, Stop));

        Assert.Single(both, server => server.StartedHere);
        Assert.Equal(both[0].SocketFolder, both[1].SocketFolder);
        await both[0].DisposeAsync();
        await both[1].DisposeAsync();
    }

    [Fact]
    public async Task DisposeAsync_LastUser_LeavesNoProcessAndNoSocket()
    {
        var server = await PrivatePostgres.StartAsync(folder, null, Stop);

        await server.DisposeAsync();

        Assert.Empty(ProcessesOf(folder));
        Assert.False(Directory.Exists(server.SocketFolder));
    }

    [Fact]
    [Trait("Suite", "Faults")]
    public async Task Program_KilledOutright_LeavesNothingAndStartsAgain()
    {
        using var program = await StartProgramAsync();

        program.Kill();
        await program.WaitForExitAsync(Stop);
        await (await PrivatePostgres.StartAsync(folder, null, Stop)).DisposeAsync();

        await UntilAsync(() => ProcessesOf(folder) is []);
    }

    [Fact]
    [Trait("Suite", "Faults")]
    public async Task Server_KilledOutright_NoteOfDeadServerIsCured()
    {
        using var program = await StartProgramAsync();
        foreach (var number in ProcessesOf(folder))
        {
            using var process = Process.GetProcessById(number);
            process.Kill();
        }

        program.Kill();
        await program.WaitForExitAsync(Stop);
        Assert.True(File.Exists(Path.Combine(Cluster, "postmaster.pid")));

        await using var again = await PrivatePostgres.StartAsync(folder, null, Stop);

        Assert.Equal(1, await ExecuteAsync(again, "select 1"));
    }

    [Fact]
    public async Task StartAsync_NoteNamesAnotherProgram_IsNotBelieved()
    {
        await using (await PrivatePostgres.StartAsync(folder, null, Stop))
        {
        }

        await File.WriteAllTextAsync(Path.Combine(Cluster, "postmaster.pid"), $"{Environment.ProcessId}\n", Stop);

        await using var again = await PrivatePostgres.StartAsync(folder, null, Stop);

        Assert.Equal(1, await ExecuteAsync(again, "select 1"));
    }

    [Fact]
    public async Task StartAsync_FolderClosedToTheServersUser_UsesVarTmp()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root hands the server to another user.");
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using (var server = await PrivatePostgres.StartAsync(folder, null, Stop))
        {
            Assert.False(Directory.Exists(Cluster));
            Assert.Equal(1, await ExecuteAsync(server, "select 1"));
        }

        await PostgresCluster.DeleteAsync(folder, Stop);
    }

    [Fact]
    public void Find_NoProgramsAnywhere_SaysInOneSentenceWhatToDo()
    {
        var failure = Assert.Throws<SetUpException>(() => PostgresPrograms.FindIn([folder, "/nowhere"], folder));

        Assert.Contains("install Debian's package postgresql", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, failure.Message.Count(c => c == '.'));
    }

    public async ValueTask DisposeAsync()
    {
        // Who only joined a server does not wait for its end.
        await UntilAsync(() => ProcessesOf(folder) is []);
        Directory.Delete(folder, recursive: true);
    }

    private string Cluster => PostgresPrograms.Find(null, folder).ClusterIn(folder);

    private static async Task<object?> ExecuteAsync(PrivatePostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.OwnerConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Stop);
    }

    /// <summary>The program itself, jobs only, once it has its database.</summary>
    private async Task<Process> StartProgramAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "TrainingHub.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "work", "--Demo:Empty=true"])
        {
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Demo", ["TRAININGHUB_DATA"] = folder },
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync(Stop) is { } line && !line.Contains("Application started", StringComparison.Ordinal))
        {
        }

        return process;
    }

    private static List<int> ProcessesOf(string folder) =>
        [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!))
            .Where(number => CommandLine(number).Contains(folder, StringComparison.Ordinal))];

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(20, Stop);
        }
    }
}
