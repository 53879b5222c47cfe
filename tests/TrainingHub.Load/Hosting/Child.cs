using System.Diagnostics;
using System.Net.Sockets;

namespace TrainingHub.Load.Hosting;

/// <summary>
/// A program that lives no longer than the benchmark. Its number is noted in the data folder, so that the script can end it
/// even when the benchmark itself was killed.
/// </summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process process;

    private Child(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>From before the process was made until its port took a connection.</summary>
    public TimeSpan TimeToListen { get; private set; }

    public static async Task<Child> ServeAsync(StageSettings settings, int port, ProcessStartInfo start, CancellationToken ct)
    {
        var log = Path.Combine(settings.DataFolder, $"{Path.GetFileName(start.FileName)}-{port}.log");
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        if (await ListensAsync(port, ct))
        {
            throw new InvalidOperationException($"Port {port} is in use: name another one in BENCH_PORT.");
        }

        var watch = Stopwatch.StartNew();
        var child = new Child(Begin(settings, start));
        child.Keep(log);
        try
        {
            while (!await ListensAsync(port, ct))
            {
                if (child.process.HasExited || watch.Elapsed > Patience)
                {
                    throw new InvalidOperationException($"{start.FileName} does not listen on {port}: {await File.ReadAllTextAsync(log, ct)}");
                }

                await Task.Delay(1, ct);
            }
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }

        child.TimeToListen = watch.Elapsed;
        return child;
    }

    /// <summary>Runs a tool to its end and returns what it printed. Throws when it did not go well.</summary>
    public static Task<string> RunAsync(StageSettings settings, string program, IEnumerable<string> arguments, CancellationToken ct) =>
        RunAsync(settings, new ProcessStartInfo(program, arguments), ct);

    public static async Task<string> RunAsync(StageSettings settings, ProcessStartInfo start, CancellationToken ct)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        await using var child = new Child(Begin(settings, start));
        var errors = child.process.StandardError.ReadToEndAsync(ct);
        var output = await child.process.StandardOutput.ReadToEndAsync(ct);
        await child.process.WaitForExitAsync(ct);
        return child.process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{start.FileName} ended with {child.process.ExitCode}: {output}{await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private static Process Begin(StageSettings settings, ProcessStartInfo start)
    {
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        File.AppendAllText(Path.Combine(settings.DataFolder, "children"), $"{process.Id}\n");
        return process;
    }

    private void Keep(string log)
    {
        var file = new StreamWriter(log, append: true) { AutoFlush = true };
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        void Write(string? line)
        {
            lock (file)
            {
                file.WriteLine(line);
            }
        }
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken ct)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync("127.0.0.1", port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
