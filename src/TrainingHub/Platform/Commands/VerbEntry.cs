namespace TrainingHub.Platform.Commands;

internal sealed record VerbEntry(string Name, string Usage, Func<IServiceProvider, string[], CancellationToken, Task<int>> RunAsync);

internal static class VerbRegistration
{
    public static IServiceCollection AddVerb<T>(this IServiceCollection services)
        where T : class, IVerb =>
        services.AddScoped<T>().AddSingleton(new VerbEntry(
            T.Name, T.Usage, (provider, args, ct) => provider.GetRequiredService<T>().RunAsync(args, ct)));
}
