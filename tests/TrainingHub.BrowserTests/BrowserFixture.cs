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

/// <summary>The application on a real port with a database of its own, for the tests of one class.</summary>
public sealed class BrowserFixture(TestDatabase databases, Chromium chromium) : IAsyncLifetime
{
    public TestApp App { get; } = new(databases);

    public async ValueTask InitializeAsync()
    {
        await App.InitializeAsync();
        App.UseKestrel(0);
        App.StartServer();
    }

    /// <summary>A new visitor, without cookies. Dispose it with <c>await using</c>: that asserts that the console stayed empty.</summary>
    public async Task<Visit> OpenAsync(Screen screen = Screen.Phone, bool javaScript = true)
    {
        var context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = App.ClientOptions.BaseAddress.ToString(),
            JavaScriptEnabled = javaScript,
            Locale = "en-GB",
            TimezoneId = "Europe/London",
            ViewportSize = screen switch
            {
                Screen.Phone => new() { Width = 390, Height = 844 },
                Screen.Desktop => new() { Width = 1280, Height = 900 },
            },
        });
        context.SetDefaultTimeout(15_000);
        return new Visit(await context.NewPageAsync());
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
