using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Files;

/// <summary>
/// The safety net under <see cref="DispatchImports"/>. If it dies half-way, nothing of the file was written and the lease lapses; a
/// second run at once finds only what the first has not claimed.
/// </summary>
internal sealed class RunImports(ImportRunner runner) : IJob
{
    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public Task<int> RunAsync(CancellationToken ct) => runner.RunAsync(ct);
}

/// <summary>Works on files as soon as they are put in line: the database notifies, and every five seconds it looks anyway.</summary>
internal sealed partial class DispatchImports(ImportRunner runner, NpgsqlDataSource database, ILogger<DispatchImports> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogInterrupted(fault);
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    // Listening begins before the first look, so nothing that is added in between is missed.
    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var listen = new NpgsqlCommand($"listen {ImportQueue.Channel}", connection);
        await listen.ExecuteNonQueryAsync(ct);
        while (true)
        {
            await runner.RunAsync(ct);
            await connection.WaitAsync(Pause, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Work on imported files was interrupted and goes on in a moment")]
    private partial void LogInterrupted(Exception fault);
}
