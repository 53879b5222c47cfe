namespace TrainingHub.Platform.Files;

/// <summary>What is wrong in a file and what is wanted instead.</summary>
/// <param name="Row">As a spreadsheet numbers it: the header is row 1. 0 is the file as a whole.</param>
/// <param name="Column">The name in the header, or empty for the whole row.</param>
/// <param name="Message">One or two sentences.</param>
internal sealed record FileError(int Row, string Column, string Message)
{
    public override string ToString() => (Row, Column) switch
    {
        (0, "") => Message,
        (0, _) => $"{Column}: {Message}",
        (_, "") => $"Row {Row}: {Message}",
        _ => $"Row {Row}, {Column}: {Message}",
    };
}
