using Npgsql;

namespace TrainingHub.Platform.Data;

/// <summary>
/// Knows within three seconds whether the database answers. A server that has stopped without a word takes connections and says
/// nothing, and whoever waits for it cannot be called off in less than half a minute; so one connection of its own asks again and
/// again, never two at once, and pages go by what it found.
/// </summary>
internal sealed partial class DatabaseWatch(IConfiguration configuration, ILogger<DatabaseWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromMilliseconds(1500);

    private readonly Lock gate = new();
    private Task<bool> probe = Task.FromResult(true);
    private TaskCompletionSource wentDown = New();
    private NpgsqlConnection? connection;

    public bool IsDown => WentDown.IsCompleted;

    /// <summary>Ends when the database does not answer any more; another one then stands for the next time.</summary>
    public Task WentDown => Volatile.Read(ref wentDown).Task;

    /// <summary>Asks now, or waits for the question that is under way; never for longer than two seconds.</summary>
    public async Task<bool> AnswersAsync(CancellationToken ct)
    {
        try
        {
            return await Probe().WaitAsync(ReadyPatience, ct);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WatchAsync(stoppingToken);
        }
        finally
        {
            await LeaveAsync();
        }
    }

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var asked = Probe();
            var answers = await Task.WhenAny(asked, Task.Delay(Patience, stoppingToken)) == asked && await asked;
            stoppingToken.ThrowIfCancellationRequested();
            Note(answers);
            // What hangs is waited for: however long it takes, there is one question at a time.
            Note(await asked.WaitAsync(stoppingToken));
        }
    }

    // A question that hangs keeps its connection, which ends with the process.
    private async Task LeaveAsync()
    {
        if (await Task.WhenAny(probe, Task.Delay(Patience)) == probe && connection is { } last)
        {
            connection = null;
            await last.DisposeAsync();
        }
    }

    private void Note(bool answers)
    {
        if (!answers && WentDown.IsCompleted is false)
        {
            LogDown();
            Volatile.Read(ref wentDown).SetResult();
        }
        else if (answers && IsDown)
        {
            LogUp();
            Volatile.Write(ref wentDown, New());
        }
    }

    private Task<bool> Probe()
    {
        lock (gate)
        {
            if (probe.IsCompleted)
            {
                probe = Task.Run(AskAsync);
            }

            return probe;
        }
    }

    private async Task<bool> AskAsync()
    {
        try
        {
            if (connection is null)
            {
                connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("TrainingHub"))
                {
                    Pooling = false,
                    Timeout = 2,
                    CommandTimeout = 2,
                    CancellationTimeout = -1,
                    ApplicationName = "traininghub-watch",
                }.ConnectionString);
                await connection.OpenAsync();
            }

            await using var ask = new NpgsqlCommand("select 1", connection);
            await ask.ExecuteScalarAsync();
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            var broken = connection;
            connection = null;
            await (broken?.DisposeAsync() ?? ValueTask.CompletedTask);
            return false;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database does not answer: pages say so until it does")]
    private partial void LogDown();

    [LoggerMessage(Level = LogLevel.Information, Message = "The database answers again")]
    private partial void LogUp();
}
