using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Portal;

internal static class PortalFeature
{
    public static void AddPortal(this IServiceCollection services)
    {
        services.AddScoped<SendCode>().AddScoped<CheckCode>().AddScoped<MatchStaff>().AddScoped<ReadEvidence>();
        services.AddRetention(PortalRetention.Rules);
        services.AddJob<PruneCodes>();
    }
}
