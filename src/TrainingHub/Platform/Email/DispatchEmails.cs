using Npgsql;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Sends emails as soon as they are added: the database notifies, and every five seconds it looks anyway, for those that
/// wait for another attempt. While the database cannot be reached it tries again every five seconds.
/// </summary>
internal sealed partial class DispatchEmails(EmailSender sender, NpgsqlDataSource database, ILogger<DispatchEmails> logger) : BackgroundService
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
        await using var listen = new NpgsqlCommand("listen outgoing_emails", connection);
        await listen.ExecuteNonQueryAsync(ct);
        while (true)
        {
            await sender.SendAsync(ct);
            await connection.WaitAsync(Pause, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending emails was interrupted and goes on in a moment")]
    private partial void LogInterrupted(Exception fault);
}
