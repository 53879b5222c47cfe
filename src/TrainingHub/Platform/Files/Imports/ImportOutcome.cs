namespace TrainingHub.Platform.Files;

/// <summary>What an import did, or would do in a dry run. With errors nothing was written.</summary>
/// <param name="Errors">At least one, and nothing was written; or none.</param>
/// <param name="Added">New rows.</param>
/// <param name="Changed">Rows that were known with other facts.</param>
/// <param name="Unchanged">Rows that were known as they are.</param>
/// <param name="Notes">What else a person should know before agreeing, one sentence each: "New course: …".</param>
internal sealed record ImportOutcome(IReadOnlyList<FileError> Errors, int Added, int Changed, int Unchanged, IReadOnlyList<string> Notes)
{
    public bool IsRefused => Errors.Count > 0;

    public static ImportOutcome Refused(IReadOnlyList<FileError> errors) => new(errors, 0, 0, 0, []);

    /// <summary>"12 added, 3 changed, 120 unchanged"; says so when the file changes nothing.</summary>
    public string Words => (Added, Changed, Unchanged) switch
    {
        (0, 0, 0) => "The file has no rows. Nothing to do.",
        (0, 0, 1) => "Nothing to do: its one row is known already.",
        (0, 0, _) => $"Nothing to do: all {Unchanged} rows are known already.",
        _ => $"{Added} added, {Changed} changed, {Unchanged} unchanged.",
    };
}
