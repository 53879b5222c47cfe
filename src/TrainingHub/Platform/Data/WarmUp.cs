using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Data;

/// <summary>Builds the EF model and its first query once the program listens, so that the first visitor does not wait for them.</summary>
internal sealed partial class WarmUp(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<WarmUp> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => _ = Task.Run(RunAsync, CancellationToken.None));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RunAsync()
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
            await db.JobRuns.Select(run => run.Id).FirstOrDefaultAsync(lifetime.ApplicationStopping);
        }
        catch (Exception fault) when (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The first visitor will meet the same fault, and see a page about it.
            LogCold(fault);
        }
        catch (Exception) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped before it was warm.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Warming up failed")]
    private partial void LogCold(Exception fault);
}
