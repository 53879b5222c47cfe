using TrainingHub.Platform.Commands;

namespace TrainingHub.Platform.Files;

/// <summary>A kind of import that the staff page and the command line offer.</summary>
internal sealed record ImportEntry(
    string Kind,
    string Title,
    IReadOnlyList<FileColumn> Columns,
    Func<IServiceProvider, Stream, bool, CancellationToken, Task<ImportOutcome>> RunAsync);

internal static class ImportRegistration
{
    /// <summary>Makes an import known by its kind, as a verb and to the staff page.</summary>
    public static IServiceCollection AddImport<T>(this IServiceCollection services)
        where T : class, IImport
    {
        services.AddTransient<T>();
        services.AddSingleton(new ImportEntry(
            T.Kind, T.Title, T.Columns,
            (provider, file, dryRun, ct) => provider.GetRequiredService<T>().RunAsync(file, dryRun, ct)));
        return services.AddVerb<ImportVerb<T>>();
    }
}
