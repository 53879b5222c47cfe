using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests;

/// <summary>
/// The real application on a database of its own, with a clock that the test moves. As a class fixture it serves all tests
/// of one class. Jobs run only when a test calls <see cref="RunJobAsync"/>.
/// </summary>
public class TestApp : WebApplicationFactory<Program>, IAsyncLifetime
{
    // What a deployment has to set for itself; the demonstration has it in its own settings file.
    private static readonly string[] Required =
    [
        "Site:Name", "Site:PartnershipName", "Site:ContactPhone", "Site:ContactHours", "Site:PostalAddress",
        "Site:SafeguardingPhone", "Site:SafeguardingPhoneOutOfHours", "Site:DataController",
    ];

    private static readonly string[] RequiredAddresses = ["Site:ContactEmail", "Site:DataProtectionEmail", "Site:SecurityEmail"];

    private static readonly ILoggerFactory Warnings = LoggerFactory.Create(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));

    private static IModelMetadataProvider? metadata;

    private readonly TestDatabase? databases;
    private readonly string environment;
    private readonly Dictionary<string, string> settings;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("traininghub-test-");

    public TestApp(TestDatabase databases)
        : this(databases, DemoEnvironment.Name)
    {
    }

    /// <param name="environment">Demo, Development or Production.</param>
    /// <param name="settings">In the order key, value, key, value.</param>
    internal TestApp(TestDatabase databases, string environment, params string[] settings)
        : this(connectionString: "", environment, settings) => this.databases = databases;

    internal TestApp(string connectionString, string environment = DemoEnvironment.Name, params string[] settings)
    {
        ConnectionString = connectionString;
        this.environment = environment;
        this.settings = settings.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        ClientOptions.BaseAddress = new Uri("https://localhost");
    }

    public TestClock Clock { get; } = new();

    /// <summary>
    /// Where EF writes its log. EF keeps its model and its compiled queries per log, so all applications whose log no test reads
    /// have one: the queries of a run are then compiled once. Null for the application's own.
    /// </summary>
    protected virtual ILoggerFactory? QueryLog => Warnings;

    public string ConnectionString { get; private set; }

    /// <summary>What TRAININGHUB_DATA is for this application.</summary>
    public string DataFolder => folder.FullName;

    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>Makes what a test starts from.</summary>
    internal Given Given => new(Database, Clock, TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync()
    {
        if (databases is not null)
        {
            ConnectionString = await databases.CreateAsync();
        }
    }

    /// <summary>A visitor with a cookie jar of their own.</summary>
    public TestBrowser Browse() => new(CreateClient());

    /// <summary>A scope as one request has it: one DbContext, commands from the container.</summary>
    public AsyncServiceScope Scope() => Services.CreateAsyncScope();

    /// <summary>Does something with one service (a command, TrainingHubDb) in a scope of its own.</summary>
    public async Task<TResult> WithAsync<TService, TResult>(Func<TService, Task<TResult>> act)
        where TService : notnull
    {
        await using var scope = Scope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async Task WithAsync<TService>(Func<TService, Task> act)
        where TService : notnull
    {
        await using var scope = Scope();
        await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Runs a job as the schedule would, at the test clock's time. Returns how many rows it handled.</summary>
    public async Task<int> RunJobAsync(string name) =>
        (await Services.GetRequiredService<JobRunner>().RunAsync(name, TestContext.Current.CancellationToken)).Handled;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (databases is not null && ConnectionString.Length > 0)
        {
            await databases.DropAsync(ConnectionString);
        }

        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>What the framework finds out about the types of forms is the same in every application, and takes a part of each start.</summary>
    private static void ShareMetadata(IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(IModelMetadataProvider)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton(provider => LazyInitializer.EnsureInitialized(
            ref metadata, () => (IModelMetadataProvider)ActivatorUtilities.CreateInstance(provider, own))));
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        builder.UseSetting("ConnectionStrings:TrainingHub", ConnectionString);
        builder.UseSetting("ConnectionStrings:Migrations", TablesOwner.Of(ConnectionString));
        builder.UseSetting("TRAININGHUB_DATA", DataFolder);
        builder.UseSetting("Jobs:Enabled", "false");
        builder.UseSetting("Demo:Empty", "true");
        builder.UseSetting("Site:PublicUrl", "https://localhost");
        builder.UseSetting("RateLimits:SignInsPerMinute", "1000");
        builder.UseSetting("Surveys:MostPerMinute", "1000");
        builder.UseSetting("Surveys:MostPerDomainPerMinute", "1000");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        if (environment != DemoEnvironment.Name)
        {
            builder.UseSetting("Email:Smtp:Host", "mail.invalid");
            Array.ForEach(Required, name => builder.UseSetting(name, "Invented"));
            Array.ForEach(RequiredAddresses, name => builder.UseSetting(name, "invented@partnership.example"));
        }

        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            ShareMetadata(services);
            services.ConfigureDbContext<TrainingHubDb>(options =>
            {
                options.AddInterceptors(new Unguarded(), new Killed());
                if (QueryLog is { } log)
                {
                    options.UseLoggerFactory(log);
                }
            });
            if (environment == DemoEnvironment.Name)
            {
                // A password costs a tenth of a second by design, and nearly every test signs in.
                services.PostConfigure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1);
            }

            foreach (var noise in services.Where(service => service.ImplementationType == typeof(DemoWelcome) || service.ImplementationType == typeof(WarmUp)).ToList())
            {
                services.Remove(noise);
            }
        });
    }
}
