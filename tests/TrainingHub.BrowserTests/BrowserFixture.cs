using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using TrainingHub.Platform;
using TrainingHub.Reporting;
using TrainingHub.StripeDouble;
using TrainingHub.Tests;
using Xunit;

namespace TrainingHub.BrowserTests;

public enum Screen
{
    /// <summary>390 px wide.</summary>
    Phone,

    /// <summary>1280 px wide.</summary>
    Desktop,
}

/// <summary>
/// The demonstration on a real port, with a database, a clock and a local Stripe of its own, for the tests of one class.
/// </summary>
public class BrowserFixture(TestDatabase databases, Chromium chromium) : IAsyncLifetime
{
    private StripeDoubleServer? stripe;
    private TestApp? app;

    public TestApp App => app ?? throw new InvalidOperationException("The site has not been started.");

    public async ValueTask InitializeAsync()
    {
        // Links in emails and the way back from the card page carry the site's own address, so it must be known beforehand.
        var address = new UriBuilder(Uri.UriSchemeHttp, Host, FreePort()).Uri;
        stripe = await StripeDoubleServer.StartAsync(StripeDoubleOptions.WithNewKeys(), CancellationToken.None);
        app = new TestApp(
            await databases.CreateDemoAsync(), DemoEnvironment.Name,
            [
                "Site:PublicUrl", address.ToString(),
                "Stripe:SecretKey", stripe.SecretKey,
                "Stripe:WebhookSecret", stripe.WebhookSecret,
                "Stripe:ApiBase", stripe.BaseUrl.ToString(),
                "Stripe:CheckoutOrigin", stripe.BaseUrl.ToString(),
                .. Settings,
            ]);
        await app.InitializeAsync();
        app.UseKestrel(address.Port);
        app.StartServer();
        stripe.Webhooks.SendTo(new Uri(address, "/stripe/webhook"));
        app.ClientOptions.BaseAddress = address;
    }

    /// <summary>A new visitor, without cookies. Dispose it with <c>await using</c>: that asserts that the console stayed empty.</summary>
    public async Task<Visit> OpenAsync(Screen screen = Screen.Phone, bool javaScript = true, ForcedColors forcedColours = ForcedColors.None)
    {
        var context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = App.ClientOptions.BaseAddress.ToString(),
            JavaScriptEnabled = javaScript,
            ForcedColors = forcedColours,
            Locale = "en-GB",
            TimezoneId = "Europe/London",
            ViewportSize = Visit.SizeOf(screen),
        });
        context.SetDefaultTimeout(Chromium.TimeoutMilliseconds);
        return new Visit(await context.NewPageAsync(), javaScript, this);
    }

    /// <summary>Every invariant of places, money and surveys holds.</summary>
    public async Task AssertSoundAsync()
    {
        var lines = await Audit.RunAsync(App.Database, App.Clock.Now, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(lines, line => line.Broken > 0);
    }

    /// <summary>By what the site is reached. Pages work by a number; passkeys need a name.</summary>
    protected virtual string Host => "127.0.0.1";

    /// <summary>More settings, in the order key, value, key, value.</summary>
    protected virtual string[] Settings => [];

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        if (stripe is not null)
        {
            await stripe.DisposeAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
