using TrainingHub.Platform;
using TrainingHub.Platform.Commands;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.PersonalData;

internal static class PersonalDataFeature
{
    public static void AddPersonalData(this IServiceCollection services)
    {
        services.AddScoped<FindHeld>().AddScoped<EraseHeld>();
        services.AddScoped<RecordRequest>().AddScoped<KeepRequest>().AddScoped<EraseRequest>();
        services.AddRetention(PersonalDataRetention.Rules);
        services.AddJob<ForgetRequests>();
        services.AddVerb<ErasuresVerb>();
    }
}
