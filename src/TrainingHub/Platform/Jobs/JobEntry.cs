namespace TrainingHub.Platform.Jobs;

internal sealed record JobEntry(string Name, TimeSpan Every, Func<IServiceProvider, IJob> Create);

internal static class JobRegistration
{
    public static IServiceCollection AddJob<T>(this IServiceCollection services)
        where T : class, IJob =>
        services.AddScoped<T>().AddSingleton(new JobEntry(typeof(T).Name, T.Every, provider => provider.GetRequiredService<T>()));
}
