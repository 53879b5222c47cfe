using TrainingHub.Catalogue.Pages;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

internal static class CatalogueFeature
{
    public static void AddCatalogue(this IServiceCollection services, IConfiguration configuration)
    {
        _ = configuration;
        services.AddScoped<CatalogueSearch>();
        services.AddImport<ImportProgramme>();
        services.AddSeed<SeedOffer>();
        services.AddSeed<SeedDates>();
        services.AddSeed<SeedHistory>();
    }

    public static void MapCatalogue(this WebApplication app) => app.MapCatalogueEndpoints();
}
