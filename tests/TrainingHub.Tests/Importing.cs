using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Tests;

/// <summary>Runs an import over a file as the command line does, without what staff have said about its headings and values.</summary>
internal static class Importing
{
    public static async Task<ImportOutcome> RunAsync<T>(this T import, Stream file, bool dryRun, CancellationToken ct)
        where T : IImport
    {
        var run = new ImportRun(dryRun, new ImportProgress(), Actor.CommandLine, "a test.csv");
        var table = await FileTable.ReadAsync(file, new FileRules(await import.ReadKindAsync(ct), FileMapping.None, IsLenient: false, []), run.Progress, ct);
        return await import.CheckAndRunAsync(table, run, ct);
    }
}
