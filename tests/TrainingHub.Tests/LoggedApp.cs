using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace TrainingHub.Tests;

/// <summary>
/// The demonstration, whose log a test reads: with the levels of the settings, and all that our own code logs.
/// </summary>
internal sealed class LoggedApp(TestDatabase databases, params string[] settings)
    : TestApp(databases, "Demo", ["Logging:LogLevel:Default", "Information", .. settings]), ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{formatter(state, exception)} {exception}");

    protected override ILoggerFactory? QueryLog => null;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureLogging(logging => logging.AddProvider(this).AddFilter<LoggedApp>("TrainingHub", LogLevel.Trace));
    }
}
