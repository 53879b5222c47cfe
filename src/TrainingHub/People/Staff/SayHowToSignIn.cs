using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>At the start: in Demo, how to sign in as staff; elsewhere, how to open the first account when there is none.</summary>
internal sealed partial class SayHowToSignIn(
    IServiceScopeFactory scopes, IHostEnvironment environment, IConfiguration configuration, ILogger<SayHowToSignIn> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken ct)
    {
        if (environment.IsDemo())
        {
            SayDemoPassword();
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        if (!await db.Users.AnyAsync(user => user.ClosedAt == null, ct))
        {
            LogNobody();
        }
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    private void SayDemoPassword()
    {
        var file = SeedDemoCoordinator.FileIn(configuration);
        if (File.Exists(file))
        {
            Console.WriteLine($"Sign in as staff: {SeedDemoCoordinator.Email} with the password {File.ReadAllText(file).Trim()}");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No staff account is open yet. Add one with: TrainingHub staff add EMAIL NAME")]
    private partial void LogNobody();
}
