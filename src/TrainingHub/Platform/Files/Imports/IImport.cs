namespace TrainingHub.Platform.Files;

/// <summary>
/// Reads one kind of CSV file into the database: all or nothing. The same file twice changes nothing the second time and
/// says so.
/// </summary>
internal interface IImport
{
    /// <summary>The word on the command line and in addresses: "programme".</summary>
    static abstract string Kind { get; }

    /// <summary>What people call the file: "Programme dates".</summary>
    static abstract string Title { get; }

    static abstract IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>A dry run does everything but commit: its outcome is what the real run would give.</summary>
    Task<ImportOutcome> RunAsync(Stream file, bool dryRun, CancellationToken ct);
}
