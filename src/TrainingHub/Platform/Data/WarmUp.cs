using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Data;

/// <summary>Builds the EF model and its first query once the program listens, so that the first visitor does not wait for them.</summary>
internal sealed partial class WarmUp(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<WarmUp> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TrainingHubDb>().JobRuns.AnyAsync(stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Not worth ending the program for: the first visitor meets the same fault, and a page about it.
            LogCold(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Warming up failed")]
    private partial void LogCold(Exception fault);
}
