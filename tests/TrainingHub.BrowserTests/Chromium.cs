using Microsoft.Playwright;
using TrainingHub.BrowserTests;
using TrainingHub.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(TestDatabase))]
[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace TrainingHub.BrowserTests;

/// <summary>The one browser of a test run: the machine's own Chromium (CHROMIUM names another), never a downloaded one.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>How long a test waits for what it expects to see or to press.</summary>
    public const int TimeoutMilliseconds = 30_000;

    private IPlaywright? playwright;
    private IBrowser? browser;

    public IBrowser Browser => browser ?? throw new InvalidOperationException("The browser has not been started.");

    public async ValueTask InitializeAsync()
    {
        // As long as everything else may take: on a busy machine a page needs more than the usual five seconds.
        Assertions.SetDefaultExpectTimeout(TimeoutMilliseconds);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
