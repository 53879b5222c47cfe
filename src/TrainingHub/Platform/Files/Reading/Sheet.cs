namespace TrainingHub.Platform.Files;

/// <summary>A row with something in it, numbered as a spreadsheet does.</summary>
internal sealed record SheetRow(int Number, Cell[] Cells);

/// <summary>The rows of a table, without those that are empty.</summary>
/// <param name="Name">The sheet's name in a workbook; empty in a text file.</param>
/// <param name="EmptyRows">How many rows between the first and the last were empty.</param>
internal sealed record Sheet(string Name, IReadOnlyList<SheetRow> Rows, int EmptyRows);

/// <summary>What kind of file it was, and how it was understood, in words.</summary>
/// <param name="Encoding">"UTF-8"; null in a workbook.</param>
/// <param name="Separator">"comma"; null in a workbook.</param>
internal sealed record ReadFile(IReadOnlyList<Sheet> Sheets, string? Encoding, string? Separator);
