using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrainingHub.Payments;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>A double of its own and the site's client, wired as the site wires it.</summary>
internal sealed class StripeAtHand : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private StripeAtHand(StripeDoubleServer server, ServiceProvider services, Lines log)
    {
        Double = server;
        Log = log;
        this.services = services;
    }

    public StripeDoubleServer Double { get; }

    public Lines Log { get; }

    public StripeGateway Gateway => services.GetRequiredService<StripeGateway>();

    /// <summary>Stripe's own library, for what the site does not ask.</summary>
    public Stripe.StripeClient Library => new(new Stripe.StripeClientOptions { ApiKey = Double.SecretKey, ApiBase = Double.BaseUrl.AbsoluteUri.TrimEnd('/') });

    public static async Task<StripeAtHand> StartAsync(StripeDoubleOptions? options = null, int tryMilliseconds = 5000, int callMilliseconds = 10_000)
    {
        var server = await StripeDoubleServer.StartAsync(options ?? StripeDoubleOptions.WithNewKeys(), TestContext.Current.CancellationToken);
        return new StripeAtHand(server, Services(server, tryMilliseconds, callMilliseconds, out var log), log);
    }

    /// <summary>An order of two places at £82; equal orders have equal fields.</summary>
    public static NewCheckoutSession Order(string reference = "ABCD2345", int unitPence = 8200) => new()
    {
        Lines = [new CheckoutLine("Safeguarding L3 – 27 March 2027", unitPence, 2)],
        SuccessUrl = "http://127.0.0.1/bookings/ABCD2345/paid?session={CHECKOUT_SESSION_ID}",
        CancelUrl = "http://127.0.0.1/bookings/ABCD2345/pay",
        ClientReference = reference,
        CustomerEmail = "booker@example.org",
        ExpiresAt = ExpiresAt,
        Metadata = new Dictionary<string, string> { ["booking"] = reference, ["attempt"] = "1" },
    };

    public async Task<StripeSession> PaidAsync(string key = "booking-1-pay-1")
    {
        var session = await Gateway.CreateCheckoutSessionAsync(Order(), key, TestContext.Current.CancellationToken);
        Double.Pay(session.Id);
        return await Gateway.GetCheckoutSessionAsync(session.Id, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Double.DisposeAsync();
    }

    // Equal for all orders of a run, which may take longer than the half hour that Stripe asks for.
    private static readonly DateTimeOffset ExpiresAt = NewCheckoutSession.ExpiryFor(StripeClock.Now.AddHours(12));

    private static ServiceProvider Services(StripeDoubleServer server, int tryMilliseconds, int callMilliseconds, out Lines log)
    {
        string Span(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds).ToString("c", CultureInfo.InvariantCulture);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Stripe:SecretKey"] = server.SecretKey,
            ["Stripe:WebhookSecret"] = server.WebhookSecret,
            ["Stripe:ApiBase"] = server.BaseUrl.ToString(),
            ["Stripe:CheckoutOrigin"] = server.BaseUrl.ToString(),
            ["Stripe:TryTimeout"] = Span(tryMilliseconds),
            ["Stripe:CallTimeout"] = Span(callMilliseconds),
        }).Build();
        var lines = log = new Lines();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(lines));
        services.AddStripe(configuration);
        return services.BuildServiceProvider(validateScopes: true);
    }

    /// <summary>Every line that was logged.</summary>
    internal sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> all = [];

        public string All => string.Join('\n', all);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
