using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace TrainingHub.Platform.Web;

/// <summary>Says, once a demonstration listens, where to look and how to sign in.</summary>
internal sealed class DemoWelcome(IServer server, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken ct)
    {
        lifetime.ApplicationStarted.Register(Print);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    private void Print()
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } site)
        {
            return;
        }

        Console.WriteLine(
            $"""

            TrainingHub is ready. No email leaves this demonstration and no money moves.
              {site}/           courses and booking
              {site}/staff      the training team; sign in with one click at {site}/dev
              {site}/dev        demo tools: sign in as staff, emails sent, the clock
            Ctrl-C stops it.

            """);
    }
}
