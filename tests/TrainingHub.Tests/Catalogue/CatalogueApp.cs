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
        string[] wanted = [nameof(SeedOffer), nameof(SeedDates), nameof(SeedHistory), nameof(SeedSearchMeanings), nameof(SeedDistricts)];
        foreach (var seed in Services.GetServices<SeedEntry>().Where(seed => wanted.Contains(seed.Name)).OrderBy(seed => seed.Order))
        {
            await seed.RunAsync(scope.ServiceProvider, TestContext.Current.CancellationToken);
        }
    }
}
