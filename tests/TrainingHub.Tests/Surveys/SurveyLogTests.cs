using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>What is logged with the levels of the settings, and all that our own code logs, holds no answer, name, address or token.</summary>
public sealed class SurveyLogTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly LoggedApp app = new(databases);

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Logs_WholeSurvey_HoldNothingOfIt()
    {
        var world = new SurveyWorld(app);
        var (place, _, token, stop) = await world.InvitedAsync();
        await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = "Canary of the text";
        });
        await (await app.Browse().GetAsync($"/survey/stop/{stop}")).SubmitAsync();

        var lines = string.Join('\n', app.Lines);
        Assert.NotEmpty(app.Lines);
        Assert.All(["Canary of the text", place.Email, "Mia Came", token, stop], secret => Assert.DoesNotContain(secret, lines));
    }

    private sealed class LoggedApp(TestDatabase databases) : TestApp(databases, "Demo", "Logging:LogLevel:Default", "Information"), ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureLogging(logging => logging.AddProvider(this).AddFilter<LoggedApp>("TrainingHub", LogLevel.Trace));
        }
    }
}
