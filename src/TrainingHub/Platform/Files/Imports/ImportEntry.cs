using TrainingHub.Platform.Commands;

namespace TrainingHub.Platform.Files;

/// <summary>A kind of import that the staff page and the command line offer.</summary>
internal sealed record ImportEntry(
    FileKind Kind,
    Func<IServiceProvider, FileTable, ImportRun, CancellationToken, Task<ImportOutcome>> RunAsync,
    Func<IServiceProvider, CancellationToken, Task<FileKind>> ReadKindAsync,
    Func<IServiceProvider, CancellationToken, Task<IReadOnlyDictionary<string, IReadOnlyList<string>>>> AllowedAsync);

internal static class ImportRegistration
{
    /// <summary>Makes an import known by its kind, as a verb and to the staff page.</summary>
    public static IServiceCollection AddImport<T>(this IServiceCollection services)
        where T : class, IImport
    {
        services.AddTransient<T>();
        services.AddSingleton(new ImportEntry(
            T.Kind,
            (provider, table, run, ct) => provider.GetRequiredService<T>().CheckAndRunAsync(table, run, ct),
            (provider, ct) => provider.GetRequiredService<T>().ReadKindAsync(ct),
            (provider, ct) => provider.GetRequiredService<T>().AllowedAsync(ct)));
        return services.AddVerb<ImportVerb<T>>();
    }

    /// <summary>A file that is wrong as a whole is refused without a look at its rows.</summary>
    public static async Task<ImportOutcome> CheckAndRunAsync<T>(this T import, FileTable table, ImportRun run, CancellationToken ct)
        where T : IImport =>
        table.IsRefused ? ImportOutcome.Refused(table.Errors) : await import.RunAsync(table, run, ct);
}
