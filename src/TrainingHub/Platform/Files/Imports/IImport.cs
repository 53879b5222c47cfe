namespace TrainingHub.Platform.Files;

/// <summary>
/// Writes one kind of file into the database: all or nothing. The same file twice changes nothing the second time and says so. A
/// column that is absent and a cell that is empty change nothing; "-" clears.
/// </summary>
internal interface IImport
{
    /// <summary>With the columns that are agreed with whoever brings files.</summary>
    static abstract FileKind Kind { get; }

    /// <summary>With all columns that there are today: some may follow from data.</summary>
    Task<FileKind> ReadKindAsync(CancellationToken ct);

    /// <summary>
    /// Joins the caller's transaction, which then alone commits; without one it commits its own. A dry run does everything but
    /// commit: its outcome is what the real run would give.
    /// </summary>
    Task<ImportOutcome> RunAsync(FileTable table, ImportRun run, CancellationToken ct);

    /// <summary>The names that each listed column may have, for templates.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> AllowedAsync(CancellationToken ct);
}

/// <param name="IsDryRun"></param>
/// <param name="Progress"></param>
/// <param name="By">Who agreed to it, for history.</param>
/// <param name="FileName"></param>
internal sealed record ImportRun(bool IsDryRun, ImportProgress Progress, Actor By, string FileName)
{
    /// <summary>For history: where the change came from.</summary>
    public string Source => $"From the file “{FileName}”.";
}
