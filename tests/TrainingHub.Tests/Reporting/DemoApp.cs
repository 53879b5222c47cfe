using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform.Data;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>The application with the demonstration's whole programme in it.</summary>
public sealed class DemoApp(TestDatabase databases) : TestApp(databases), IAsyncLifetime
{
    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await Services.GetRequiredService<Seeder>().RunAsync(DemoSeeding.Insist, TestContext.Current.CancellationToken);
    }
}
