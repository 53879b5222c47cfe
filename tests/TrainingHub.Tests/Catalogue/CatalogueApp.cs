using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Data;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>The application with the demonstration's courses and dates, without bookings.</summary>
public sealed class CatalogueApp(TestDatabase databases) : TestApp(databases), IAsyncLifetime
{
    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await SeedAsync();
    }

    internal async Task SeedAsync()
    {
        await using var scope = Scope();
        foreach (var seed in scope.ServiceProvider.GetServices<ISeed>().Where(seed => seed is SeedOffer or SeedDates or SeedHistory).OrderBy(seed => seed.Order))
        {
            await seed.RunAsync(TestContext.Current.CancellationToken);
        }
    }
}
