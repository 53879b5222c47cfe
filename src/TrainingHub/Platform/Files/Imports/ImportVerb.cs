using TrainingHub.Platform.Commands;

namespace TrainingHub.Platform.Files;

/// <summary>
/// import KIND FILE [--dry-run]: prints what was done, or every error with row and column and exits 1 with nothing written.
/// </summary>
internal sealed class ImportVerb<T>(T import) : IVerb
    where T : IImport
{
    public static string Name => "import " + T.Kind;

    public static string Usage => Name + " FILE [--dry-run]";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var dryRun = args.Contains("--dry-run");
        if (args.Where(word => word != "--dry-run").ToArray() is not [var path] || path.StartsWith("--", StringComparison.Ordinal))
        {
            throw new UsageException("Name one file.");
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file {path}.");
        }

        await using var file = File.OpenRead(path);
        var outcome = await import.RunAsync(file, dryRun, cancellationToken);
        foreach (var error in outcome.Errors)
        {
            await Console.Error.WriteLineAsync(error.ToString());
        }

        if (outcome.IsRefused)
        {
            await Console.Error.WriteLineAsync("Nothing was written.");
            return 1;
        }

        foreach (var note in outcome.Notes)
        {
            await Console.Out.WriteLineAsync(note);
        }

        await Console.Out.WriteLineAsync((dryRun ? "Would do: " : "") + outcome.Words);
        return 0;
    }
}
