using TrainingHub.Platform.Commands;

namespace TrainingHub.Platform.Files;

/// <summary>
/// import KIND FILE [--dry-run] [--lenient]: prints how the file was read and what was done, or every error with row and column and
/// exits 1 with nothing written. --lenient leaves out columns and notes that nobody asked for.
/// </summary>
internal sealed class ImportVerb<T>(T import, ReadImportFile read) : IVerb
    where T : IImport
{
    private const string DryRun = "--dry-run";
    private const string Lenient = "--lenient";

    public static string Name => "import " + T.Kind.Name;

    public static string Usage => $"{Name} FILE [{DryRun}] [{Lenient}]";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args.Where(word => word is not (DryRun or Lenient)).ToArray() is not [var path] || path.StartsWith("--", StringComparison.Ordinal))
        {
            throw new UsageException("Name one file.");
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file {path}.");
        }

        await using var file = File.OpenRead(path);
        var run = new ImportRun(args.Contains(DryRun), new ImportProgress(), Actor.CommandLine, Path.GetFileName(path));
        var table = await read.RunAsync(await import.ReadKindAsync(ct), file, args.Contains(Lenient), run.Progress, ct);
        var outcome = await import.CheckAndRunAsync(table, run, ct);
        foreach (var error in outcome.Errors)
        {
            await Console.Error.WriteLineAsync(error.ToString());
        }

        if (outcome.IsRefused)
        {
            await Console.Error.WriteLineAsync("Nothing was written.");
            return 1;
        }

        await PrintAsync(table.Reading, outcome, run.IsDryRun);
        return 0;
    }

    private static async Task PrintAsync(FileReading reading, ImportOutcome outcome, bool isDryRun)
    {
        await Console.Out.WriteLineAsync(reading.Words + ".");
        foreach (var line in reading.LeftOut.Select(left => "Left out: " + left.What + ".").Concat(outcome.Changes.Select(change => change.ToString())).Concat(outcome.Notes))
        {
            await Console.Out.WriteLineAsync(line);
        }

        await Console.Out.WriteLineAsync((isDryRun ? "Would do: " : "") + outcome.Words);
    }
}
