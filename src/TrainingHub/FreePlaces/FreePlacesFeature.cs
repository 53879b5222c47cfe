using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.FreePlaces;

internal static class FreePlacesFeature
{
    public static void AddFreePlaces(this IServiceCollection services)
    {
        services.AddScoped<ApplyForFreePlaces>().AddScoped<AnswerQuestion>().AddScoped<SavePolicy>();
        services.AddRetention(FreePlacesRetention.Rules);
        services.AddJob<DeleteEvidence>().AddJob<EscalateApplications>();
    }
}
