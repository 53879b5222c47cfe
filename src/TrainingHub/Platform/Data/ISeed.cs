namespace TrainingHub.Platform.Data;

/// <summary>
/// Data that a new database starts with. Reference lists (<see cref="DemoOnly"/> false) run once for each build of the program, and
/// must change nothing the second time. Demo data run once in the life of a database, in Demo only.
/// </summary>
internal interface ISeed
{
    /// <summary>Lower first: what others refer to comes before them.</summary>
    static abstract int Order { get; }

    static abstract bool DemoOnly { get; }

    Task RunAsync(CancellationToken ct);
}

/// <summary>What is known of a seed without making it: most starts run none.</summary>
internal sealed record SeedEntry(string Name, int Order, bool DemoOnly, Func<IServiceProvider, CancellationToken, Task> RunAsync);

internal static class SeedRegistration
{
    public static IServiceCollection AddSeed<T>(this IServiceCollection services)
        where T : class, ISeed =>
        services.AddScoped<T>().AddSingleton(new SeedEntry(
            typeof(T).Name, T.Order, T.DemoOnly, (provider, ct) => provider.GetRequiredService<T>().RunAsync(ct)));
}
