using System.Diagnostics;
using System.Text;
using TrainingHub.Payments;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>
/// Stripe's own Node library drives the double and verifies its signatures, so that the double is judged by something that Stripe
/// wrote, apart from the .NET library that the site uses; and the site verifies a signature that the Node library made.
/// </summary>
public sealed class StripeContractTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Double_DrivenByStripesOwnLibrary_PassesEveryStep()
    {
        await using var server = await StripeDoubleServer.StartAsync(StripeDoubleOptions.WithNewKeys(), Ct);
        using var node = Start(server);
        await using var end = Ct.Register(() => node.Kill());
        var errors = node.StandardError.ReadToEndAsync(Ct);

        var first = await node.StandardOutput.ReadLineAsync(Ct) ?? throw new InvalidOperationException(await errors);
        server.Webhooks.SendTo(new Uri(first.Split(' ')[1]));
        await node.StandardInput.WriteLineAsync("go");
        await node.StandardInput.FlushAsync(Ct);
        var output = await node.StandardOutput.ReadToEndAsync(Ct);
        await node.WaitForExitAsync(Ct);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.DoesNotContain(lines, line => line.StartsWith("not ok", StringComparison.Ordinal));
        Assert.Equal((0, ""), (node.ExitCode, await errors));
        Assert.Equal(28, lines.Count(line => line.StartsWith("ok - ", StringComparison.Ordinal)));
        var header = Assert.Single(lines, line => line.StartsWith("header ", StringComparison.Ordinal))["header ".Length..];
        Assert.True(StripeSignature.IsGenuine(Encoding.UTF8.GetBytes("""{"id":"evt_1","object":"event","note":"£82 – naïve"}"""), header, server.WebhookSecret, StripeClock.Now));
    }

    [Fact]
    public void ContractLibrary_SpeaksTheVersionThatTheClientPins()
    {
        var version = File.ReadAllText(Path.Combine(Folder(), "node_modules", "stripe", "package.json"));
        var sources = Directory.EnumerateFiles(Path.Combine(Folder(), "node_modules", "stripe", "esm"), "apiVersion.js");

        Assert.Contains("\"23.1.0\"", version, StringComparison.Ordinal);
        Assert.Contains($"'{StripeGateway.ApiVersion}'", File.ReadAllText(Assert.Single(sources)), StringComparison.Ordinal);
        Assert.Equal(StripeDoubleOptions.ApiVersion, StripeGateway.ApiVersion);
    }

    [Fact]
    public async Task Double_AskedForMoreThanOnePageOfEvents_GivesEachOnceNewestFirst()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        for (var i = 0; i < 105; i++)
        {
            stripe.Double.ExpireNow((await stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order($"B{i}"), $"booking-{i}-pay-1", Ct)).Id);
        }

        var service = new Stripe.EventService(stripe.Library);

        var events = await service.ListAutoPagingAsync(new Stripe.EventListOptions { Limit = 100, Type = "checkout.session.expired" }, cancellationToken: Ct).ToListAsync(Ct);

        Assert.Equal(105, events.Select(one => one.Id).Distinct().Count());
        Assert.Equal((string?)stripe.Double.All("event")[^1]["id"], events[0].Id);
        Assert.Equal(events[0].Created, (await service.GetAsync(events[0].Id, cancellationToken: Ct)).Created);
    }

    private static Process Start(StripeDoubleServer server)
    {
        var start = new ProcessStartInfo("node", "contract.mjs")
        {
            WorkingDirectory = Folder(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOUBLE_URL"] = server.BaseUrl.ToString();
        start.Environment["STRIPE_KEY"] = server.SecretKey;
        start.Environment["WEBHOOK_SECRET"] = server.WebhookSecret;
        return Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
    }

    private static string Folder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "TrainingHub.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The repository is not found above the tests.");
        }

        var folder = Path.Combine(root.FullName, "tests", "stripe-contract");
        return Directory.Exists(Path.Combine(folder, "node_modules", "stripe"))
            ? folder
            : throw new InvalidOperationException("Stripe's library is not installed: run npm ci in tests/stripe-contract.");
    }
}
