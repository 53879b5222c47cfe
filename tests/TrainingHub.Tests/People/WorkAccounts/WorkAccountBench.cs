using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>
/// The site with a provider of work accounts, whose clocks agree at the start.
/// </summary>
public class WorkAccountBench(TestDatabase databases) : TestApp(databases, DemoEnvironment.Name, "Staff:SecondFactor", nameof(SecondFactorRule.Required)), IAsyncLifetime
{
    private TestOpenIdProvider? provider;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public TestOpenIdProvider Provider => provider ?? throw new InvalidOperationException("The provider has not been started.");

    /// <summary>What the site wrote to its log.</summary>
    internal KeptLog Log { get; } = new();

    /// <summary>More settings, in the order key, value, key, value.</summary>
    protected virtual string[] More => [];

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        // Cookies with an end go by the machine's clock.
        Clock.MoveTo(TimeProvider.System.GetUtcNow() is var real && real > Clock.Now ? real : Clock.Now);
        provider = await TestOpenIdProvider.StartAsync();
        await provider.ClockAsync(Clock);
        await InitializeAsync();
        // Somebody else looks after accounts, so that nobody's is the last.
        await this.AddStaffAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal WorkBrowser Work() => new(this);

    /// <returns>A browser in which somebody new of these groups is signed in.</returns>
    internal async Task<(WorkBrowser Browser, WorkPerson Person)> SignInAsync(params string[] groups)
    {
        // Tokens are good for an hour, and tests move the clock.
        await Provider.ClockAsync(Clock);
        var (browser, person) = (Work(), await Provider.AddAsync(groups));
        Assert.Equal("/staff", (await browser.SignInAsync(person)).Address);
        return (browser, person);
    }

    public Task<Guid> IdAsync(string email) => this.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync(Ct));

    internal Task<StaffUser?> UserAsync(string email) => this.WithAsync((TrainingHubDb db) => db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Email == email, Ct));

    internal Task<int> SessionsAsync(string email) => this.WithAsync((TrainingHubDb db) =>
        db.StaffSessions.CountAsync(session => db.Users.Any(user => user.Id == session.StaffUserId && user.Email == email), Ct));

    /// <summary>Acts and their notes by the alphabet.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(Guid id) => [.. (await this.WithAsync((TrainingHubDb db) => db.HistoryEntries
        .Where(entry => entry.RecordType == nameof(StaffUser) && entry.RecordId == id)
        .Select(entry => entry.Actor + ": " + entry.Act + (entry.Note == null ? "" : ": " + entry.Note)).ToListAsync(Ct))).Order(StringComparer.Ordinal)];

    protected override ILoggerFactory? QueryLog => null;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        foreach (var pair in Provider.Settings.Concat(More).Chunk(2))
        {
            builder.UseSetting(pair[0], pair[1]);
        }

        // As much as a deployment writes unless it is told otherwise.
        builder.ConfigureLogging(logging => logging.AddProvider(Log).AddFilter<KeptLog>("", LogLevel.Information).AddFilter<KeptLog>("Microsoft", LogLevel.Warning));
    }
}

/// <summary>Remembers every line of the log, with what was thrown.</summary>
internal sealed class KeptLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{formatter(state, exception)} {exception}");
}

/// <summary>A browser that goes to the provider and back. It stops wherever a test wants to look.</summary>
internal sealed class WorkBrowser : IDisposable
{
    private readonly HttpClient still;
    private HttpClient outside = Outside();
    private readonly Uri home;

    public WorkBrowser(TestApp app)
    {
        var jar = new CookieContainer();
        home = app.ClientOptions.BaseAddress;
        Site = new(app.CreateDefaultClient(home, new RedirectHandler(7), new CookieContainerHandler(jar)));
        still = app.CreateDefaultClient(home, new CookieContainerHandler(jar));
        Jar = jar;
    }

    public TestBrowser Site { get; }

    public CookieContainer Jar { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task<TestPage> SignInAsync(WorkPerson person, string query = "") => await Site.GetAsync(await AtProviderAsync(await StartAsync("/sign-in/work-account" + query), person.Subject));

    /// <returns>Where the site sends the browser.</returns>
    public async Task<Uri> StartAsync(string address)
    {
        using var response = await still.GetAsync(address, Ct);
        return response.Headers.Location ?? throw new InvalidOperationException($"{address} leads nowhere: {(int)response.StatusCode}.");
    }

    public void Dispose() => outside.Dispose();

    /// <summary>The provider knows this browser no more.</summary>
    public void LeaveProvider()
    {
        outside.Dispose();
        outside = Outside();
    }

    public Task<HttpResponseMessage> StillGetAsync(string address) => still.GetAsync(address, Ct);

    public Task<HttpResponseMessage> StillPostAsync(string address, HttpContent content) => still.PostAsync(address, content, Ct);

    /// <summary>Signs in where that is asked for.</summary>
    /// <returns>The address at which the site is told.</returns>
    public async Task<string> AtProviderAsync(Uri address, string login)
    {
        for (var hops = 0; hops < 15; hops++)
        {
            using var response = await outside.GetAsync(address, Ct);
            var next = response.Headers.Location;
            if (next is null)
            {
                Assert.Contains("name=\"login\"", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
                using var form = new FormUrlEncodedContent([new("login", login)]);
                using var sent = await outside.PostAsync(address, form, Ct);
                next = sent.Headers.Location ?? throw new InvalidOperationException($"The provider does not let {login} in: {(int)sent.StatusCode}.");
            }

            address = new Uri(address, next);
            if (Uri.Compare(address, home, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return address.PathAndQuery;
            }
        }

        throw new InvalidOperationException("The provider leads in circles.");
    }

    private static HttpClient Outside() => new(new HttpClientHandler { AllowAutoRedirect = false });
}
