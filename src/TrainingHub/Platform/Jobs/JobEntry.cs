namespace TrainingHub.Platform.Jobs;

internal sealed record JobEntry(string Name, TimeSpan Every, Func<IServiceProvider, CancellationToken, Task<int>> RunAsync);

internal static class JobRegistration
{
    public static IServiceCollection AddJob<T>(this IServiceCollection services)
        where T : class, IJob =>
        services.AddScoped<T>().AddSingleton(new JobEntry(
            typeof(T).Name, T.Every, (provider, cancellationToken) => provider.GetRequiredService<T>().RunAsync(cancellationToken)));
}
