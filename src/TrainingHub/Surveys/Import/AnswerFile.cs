using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform.Files;

namespace TrainingHub.Surveys;

/// <summary>
/// A file of answers that was imported, for rows that name no delegate. The hash is of every cell but addresses and names: a file
/// of one row would otherwise be found by trying them.
/// </summary>
internal sealed class AnswerFile
{
    private const char EndOfCell = '\u001f';
    private const char EndOfRow = '\u001e';

    public required byte[] Hash { get; init; }
    public required DateOnly ImportedOn { get; init; }

    /// <summary>The order of columns, line ends, empty lines and how a date is written do not matter. Cells hold no control characters, so none runs into the next.</summary>
    /// <param name="table"></param>
    /// <param name="kind">Its columns. Those that were agreed come first, then what else the file has: files of before keep their hash.</param>
    public static byte[] HashOf(FileTable table, FileKind kind)
    {
        List<FileColumn> columns =
            [.. AnswerColumns.Agreed.Columns, .. kind.Columns.Where(column => AnswerColumns.Agreed.Find(column.Name) is null && table.Has(column.Name)).OrderBy(column => column.Name, StringComparer.Ordinal)];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var line = new StringBuilder();
        foreach (var row in table.Rows)
        {
            line.Clear();
            foreach (var column in columns)
            {
                if (column.Name is not (ResponseRow.DelegateEmail or ResponseRow.DelegateName))
                {
                    line.Append(CellOf(row, column)?.ReplaceLineEndings("\n")).Append(EndOfCell);
                }
            }

            hash.AppendData(Encoding.UTF8.GetBytes(line.Append(EndOfRow).ToString()));
        }

        return hash.GetHashAndReset();
    }

    private static string? CellOf(FileRow row, FileColumn column) =>
        column.Kind == ColumnKind.Date ? row.Date(column.Name)?.ToString("O", CultureInfo.InvariantCulture) : row.Text(column.Name);
}

internal sealed class AnswerFileMap : IEntityTypeConfiguration<AnswerFile>
{
    public void Configure(EntityTypeBuilder<AnswerFile> builder) => builder.HasKey(file => file.Hash);
}
