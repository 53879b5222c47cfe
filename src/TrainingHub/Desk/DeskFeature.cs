namespace TrainingHub.Desk;

internal static class DeskFeature
{
    public static void AddDesk(this IServiceCollection services) => services.AddScoped<SearchEverything>();
}
