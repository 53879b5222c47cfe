using System.Net.Sockets;
using Microsoft.AspNetCore.OutputCaching;
using Npgsql;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Throws stored public pages away on every node when places, courses or settings change anywhere: the database notifies
/// <c>places_changed</c>, <c>catalogue_changed</c> or <c>settings_changed</c>. After a lost connection it evicts once more, for what it may have missed;
/// until then pages live their 30 seconds.
/// </summary>
internal sealed partial class EvictChangedPages(
    NpgsqlDataSource database, IOutputCacheStore store, PageCache cache, StoredSettings settings, ILogger<EvictChangedPages> logger)
    : BackgroundService
{
    private const string Places = "places_changed";
    private const string Settings = "settings_changed";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or SocketException or IOException)
            {
                cache.IsTold = false;
                LogLost(e);
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var isNew = true;
        connection.Notification += (_, notification) =>
        {
            Forget(notification.Channel);
            isNew |= notification.Channel == Settings;
        };
        await using (var listen = new NpgsqlCommand($"listen {Places}; listen catalogue_changed; listen {Settings}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        cache.Forget();
        cache.IsTold = true;
        while (true)
        {
            if (isNew)
            {
                isNew = false;
                await settings.LoadAsync(ct);
            }

            await store.EvictByTagAsync(PublicPages.Tag, ct);
            await connection.WaitAsync(ct);
        }
    }

    // Before the pages that were made of it, so that a page made in between is thrown away too.
    private void Forget(string channel)
    {
        if (channel == Places)
        {
            cache.ForgetLive();
        }
        else
        {
            cache.Forget();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the connection that tells of changed places; trying again.")]
    private partial void LogLost(Exception e);
}
