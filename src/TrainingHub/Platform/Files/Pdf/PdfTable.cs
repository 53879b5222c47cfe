namespace TrainingHub.Platform.Files;

/// <summary>A column of a table in a PDF file.</summary>
/// <param name="Heading">Its first line; repeated on every page.</param>
/// <param name="Share">Of the width, in comparison with the other columns.</param>
/// <param name="IsNumeric">Stands at the right edge.</param>
internal sealed record PdfColumn(string Heading, double Share, bool IsNumeric = false);

internal enum PdfRowKind
{
    Body,

    /// <summary>The first cell is the heading of the rows that follow, across the table.</summary>
    Group,

    /// <summary>A sum at the end: the first cell is its heading.</summary>
    Foot,
}

/// <param name="Cells">As many as columns; of a <see cref="PdfRowKind.Group"/> one.</param>
internal sealed record PdfRow(PdfRowKind Kind, params IReadOnlyList<string> Cells)
{
    public static PdfRow Body(params IReadOnlyList<string> cells) => new(PdfRowKind.Body, cells);

    public static PdfRow Group(string heading) => new(PdfRowKind.Group, heading);

    public static PdfRow Foot(params IReadOnlyList<string> cells) => new(PdfRowKind.Foot, cells);
}

/// <summary>A table of a PDF file. Its rows of the kind Foot come last.</summary>
internal sealed record PdfTable(IReadOnlyList<PdfColumn> Columns, IReadOnlyList<PdfRow> Rows);
