namespace TrainingHub.Platform.Files;

/// <summary>A cell that the file changes: of what, and from what to what, as people read it. Empty = nothing there.</summary>
internal sealed record CellChange(string Of, string Column, string Old, string New)
{
    public override string ToString() => $"{Of}, {Column}: {Words(Old)} → {Words(New)}";

    private static string Words(string value) => value.Length == 0 ? "(empty)" : value;
}

/// <summary>What an import did, or would do in a dry run. With errors nothing was written.</summary>
/// <param name="Errors">At least one, and nothing was written; or none.</param>
/// <param name="Added">New rows.</param>
/// <param name="Changed">Rows that were known with other facts.</param>
/// <param name="Unchanged">Rows that were known as they are.</param>
/// <param name="Notes">What else a person should know before agreeing, one sentence each: "New course: …".</param>
internal sealed record ImportOutcome(IReadOnlyList<FileError> Errors, int Added, int Changed, int Unchanged, IReadOnlyList<string> Notes)
{
    /// <summary>The cells of the changed rows that change, in the order of the file.</summary>
    public IReadOnlyList<CellChange> Changes { get; init; } = [];

    public bool IsRefused => Errors.Count > 0;

    public bool ChangesNothing => !IsRefused && Added == 0 && Changed == 0;

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

/// <summary>How a file was read and what it does: all that the preview shows.</summary>
internal sealed record ImportReport(FileReading Reading, ImportOutcome Outcome)
{
    private const int MostListed = 1_000;

    /// <summary>What is kept until a person looks at it: lists cut to what a page can show.</summary>
    public ImportReport ToShow() => this with
    {
        Reading = Reading with { LeftOut = [.. Reading.LeftOut.Take(MostListed)] },
        Outcome = Outcome with { Notes = [.. Outcome.Notes.Take(MostListed)], Changes = [.. Outcome.Changes.Take(MostListed)] },
    };

    /// <summary>What is kept when it is done: counts and notes, nothing of the rows.</summary>
    public ImportReport Done() => new(new FileReading { RowCount = Reading.RowCount }, Outcome with { Notes = [.. Outcome.Notes.Take(MostListed)], Changes = [] });
}
