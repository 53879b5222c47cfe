using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>A refusal that is expected logs no error and no stack trace, however it comes about.</summary>
public sealed class RefusalLogTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly LoggedApp app = new(databases);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Swap_ToSomebodyWhoHasAPlace_LogsNoTrace()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 20);
        var bookings = new List<BookedBooking>();
        for (var i = 0; i < 6; i++)
        {
            bookings.Add(await world.BookAsync(run, $"person{i}@x.example"));
        }

        var outcomes = await Task.WhenAll(bookings.Select(booking => SwapAsync(world, booking)));
        var corrected = await CorrectAsync(world, bookings[Array.FindIndex(outcomes, one => one != DelegateChangeResult.Changed)]);
        var booked = await app.WithAsync<BookPlace, BookPlaceResult>(async book =>
            (await book.RunAsync(world.Request(run, "person1@x.example", "person2@x.example", "person3@x.example"), Ct)).Result);

        Assert.Single(outcomes, DelegateChangeResult.Changed);
        Assert.Equal(5, outcomes.Count(one => one == DelegateChangeResult.AlreadyOnDate));
        Assert.Equal(DelegateChangeResult.AlreadyOnDate, corrected);
        Assert.Equal(BookPlaceResult.DelegateAlreadyOnDate, booked);
        Assert.Empty(app.Traces);
    }

    [Fact]
    public async Task Book_SameFormDeliveredAtOnce_LogsNoTrace()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var request = world.Request(await world.RunAsync(capacity: 20), "twice@x.example");

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            app.WithAsync<BookPlace, BookPlaceResult>(async book => (await book.RunAsync(request, Ct)).Result)));

        Assert.Single(results, BookPlaceResult.Booked);
        Assert.Empty(app.Traces);
    }

    [Fact]
    public async Task Confirm_PaidLateAndTheDelegateHasComeByAnotherPlace_LogsNoTrace()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 20);
        var late = await world.BookByCardAsync(run, "late@x.example");
        await app.WithAsync<ReleaseHold, bool>(release => release.RunAsync(late.Id, app.Clock.Now, Ct));
        await world.BookAsync(run, "late@x.example");

        await using var scope = app.Scope();
        await using var transaction = await scope.ServiceProvider.GetRequiredService<TrainingHubDb>().Database.BeginTransactionAsync(Ct);
        var result = await scope.ServiceProvider.GetRequiredService<ConfirmPlaces>().RunAsync(late.Id, app.Clock.Now, Ct);

        Assert.Equal(ConfirmResult.Full, result);
        Assert.Empty(app.Traces);
    }

    private async Task<DelegateChangeResult> SwapAsync(BookingWorld world, BookedBooking booking)
    {
        var place = Guid.Parse(await world.TextAsync("select id::text from places where booking_id = $1", booking.Id));
        return await app.WithAsync<SwapDelegate, DelegateChangeResult>(async swap =>
            (await swap.RunAsync(booking.Id, place, new("New Comer", "new@x.example", null), Ct)).Result);
    }

    private async Task<DelegateChangeResult> CorrectAsync(BookingWorld world, BookedBooking booking)
    {
        var place = Guid.Parse(await world.TextAsync("select id::text from places where booking_id = $1", booking.Id));
        return await app.WithAsync<CorrectDelegate, DelegateChangeResult>(async correct =>
            (await correct.RunAsync(booking.Id, place, "New Comer", "new@x.example", Ct)).Result);
    }

    private sealed class LoggedApp(TestDatabase databases) : TestApp(databases, "Demo", "Logging:LogLevel:Default", "Information"), ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Traces { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error || exception is not null)
            {
                Traces.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
            }
        }

        protected override ILoggerFactory? QueryLog => null;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureLogging(logging => logging.AddProvider(this));
        }
    }
}
