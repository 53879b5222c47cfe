using System.Diagnostics;

namespace TrainingHub.StripeDouble;

/// <summary>
/// The double as a process of its own, for demo mode:
/// <c>TrainingHub.StripeDouble --port 5081 --webhook-url http://127.0.0.1:5080/stripe/webhook [--state FILE] [--with-process PID]</c>.
/// The keys come from the environment under the app's own names, <c>Stripe__SecretKey</c> and <c>Stripe__WebhookSecret</c>.
/// Ends with SIGINT, SIGTERM or, given <c>--with-process</c>, with that process.
/// </summary>
internal static class StripeDoubleProgram
{
    public static async Task<int> Main(string[] args)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        if (settings["Stripe:SecretKey"] is not { Length: > 0 } key || settings["Stripe:WebhookSecret"] is not { Length: > 0 } secret)
        {
            await Console.Error.WriteLineAsync("Set Stripe__SecretKey (sk_test_…) and Stripe__WebhookSecret.");
            return 2;
        }
        var options = new StripeDoubleOptions
        {
            SecretKey = key,
            WebhookSecret = secret,
            Port = settings.GetValue("port", 5081),
            WebhookUrl = settings["webhook-url"] is { Length: > 0 } url ? new Uri(url) : null,
            StateFile = settings["state"],
        };
        using var ended = new CancellationTokenSource();
        await using var server = await StripeDoubleServer.StartAsync(options, CancellationToken.None);
        await Console.Out.WriteLineAsync($"Stripe double on {server.BaseUrl}");
        if (settings.GetValue<int?>("with-process") is { } companion)
        {
            _ = EndWithAsync(companion, ended);
        }

        await server.WaitForShutdownAsync(ended.Token);
        return 0;
    }

    private static async Task EndWithAsync(int processId, CancellationTokenSource ended)
    {
        try
        {
            using var companion = Process.GetProcessById(processId);
            await companion.WaitForExitAsync();
        }
        catch (ArgumentException)
        {
            await Console.Error.WriteLineAsync($"Process {processId} is gone.");
        }
        await ended.CancelAsync();
    }
}
