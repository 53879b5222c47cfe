using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Desk;
using TrainingHub.FreePlaces;
using TrainingHub.Learning;
using TrainingHub.Payments;
using TrainingHub.People;
using TrainingHub.PersonalData;
using TrainingHub.Platform;
using TrainingHub.Platform.Commands;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;
using TrainingHub.Portal;
using TrainingHub.Reporting;
using TrainingHub.Surveys;

try
{
    return await RunAsync(CommandLine.Parse(args));
}
catch (UsageException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
catch (Exception wrong) when (wrong is SetUpException or OptionsValidationException)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}

static async Task<int> RunAsync(CommandLine line)
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = line.Settings, ContentRootPath = ContentRoot(line) });
    AddEverything(builder);
    switch (line.Verb)
    {
        case "serve":
            builder.Services.AddHostedService<WarmUp>();
            if (builder.Environment.IsDemo())
            {
                builder.Services.AddHostedService<DemoWelcome>();
            }

            return await HostAsync(builder, Map);
        case "work":
            // The same services, and no web server in front of them.
            builder.WebHost.UseServer(new NoServer());
            return await HostAsync(builder, _ => { });
        default:
            return await RunVerbAsync(builder, line);
    }
}

static void AddEverything(WebApplicationBuilder builder)
{
    var (services, configuration) = (builder.Services, builder.Configuration);
    services.AddPlatform(configuration, builder.Environment);
    services.AddDbContextPool<TrainingHubDb>(options => options.UseNpgsql());
    builder.AddPlatformWeb();
    services.AddEmail(configuration, builder.Environment);
    services.AddPeople(configuration);
    services.AddCatalogue(configuration);
    services.AddLearning();
    services.AddFreePlaces();
    services.AddBookings(configuration);
    services.AddPayments(configuration);
    services.AddAttendance(configuration);
    services.AddSurveys(configuration);
    services.AddReporting();
    services.AddPersonalData();
    services.AddPortal();
    services.AddDesk();
}

static void Map(WebApplication app)
{
    app.UsePlatformWeb();
    app.MapPeople();
    app.MapCatalogue();
    app.MapPayments();
    app.MapAttendance();
    app.MapReporting();
}

static async Task<int> HostAsync(WebApplicationBuilder builder, Action<WebApplication> map)
{
    await using var postgres = await DatabaseSetting.ProvideAsync(builder.Configuration, builder.Environment, CancellationToken.None);
    if (builder.Configuration.GetValue("Jobs:Enabled", true))
    {
        builder.Services.AddJobSchedule(JobSchedule.Look);
    }

    builder.Services.AddHostedService<GiveMemoryBack>();

    await using var app = builder.Build();
    var demo = !app.Environment.IsDemo() ? DemoSeeding.Leave
        : app.Configuration.GetValue("Demo:Empty", false) ? DemoSeeding.Decline
        : DemoSeeding.Once;
    // Pages need no database to be found, nor the database pages to be brought up to date: each a third of the start.
    var database = Task.Run(() => PrepareAsync(app.Services, demo, CancellationToken.None));
    map(app);
    await database;
    await app.RunAsync();
    return 0;
}

static async Task<int> RunVerbAsync(WebApplicationBuilder builder, CommandLine line)
{
    // Standard output belongs to what the verb prints.
    builder.Logging.ClearProviders().AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    await using var postgres = line.Verb == "help"
        ? null
        : await DatabaseSetting.ProvideAsync(builder.Configuration, builder.Environment, CancellationToken.None);
    await using var app = builder.Build();
    var verbs = app.Services.GetRequiredService<VerbRunner>();
    if (line.Verb == "help")
    {
        Console.WriteLine(verbs.Help());
        return 0;
    }

    using var stop = new CancellationTokenSource();
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    var found = verbs.Find(line.Words);
    if (found is null && line.Words is not (["migrate"] or ["seed"]))
    {
        throw new UsageException($"TrainingHub does not know “{string.Join(' ', line.Words)}”.{Environment.NewLine}{verbs.Help()}");
    }

    if (line.Verb == "migrate")
    {
        await MigrateAsync(app.Services, stop.Token);
    }
    else
    {
        var demo = line.Verb == "seed" && app.Environment.IsDemo() ? DemoSeeding.Insist : DemoSeeding.Leave;
        await PrepareAsync(app.Services, demo, stop.Token);
    }

    return found is null ? 0 : await verbs.RunAsync(found, line.Words, stop.Token);

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}

static async Task PrepareAsync(IServiceProvider services, DemoSeeding demo, CancellationToken ct)
{
    await MigrateAsync(services, ct);
    await services.GetRequiredService<Seeder>().RunAsync(demo, ct);
    await services.GetRequiredService<StoredSettings>().LoadAsync(ct);
}

static Task MigrateAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<SchemaOwner>().MigrateAsync(ct);

// A published program finds its files beside itself, from whatever folder it is called; in development they are in the project.
static string? ContentRoot(CommandLine line) =>
    Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"))
    && !line.Settings.Any(setting => setting.StartsWith("--contentRoot=", StringComparison.OrdinalIgnoreCase))
        ? AppContext.BaseDirectory
        : null;
