using TrainingHub.Platform.Files;

namespace TrainingHub.Payments;

/// <summary>
/// Reads the export of a British bank, whichever of <see cref="BankFormat"/> it is, in UTF-8, UTF-16 or Windows-1252. All or nothing:
/// one row that cannot be read refuses the file, with the row's number. Shapes from public test files of other programs, November 2026.
/// </summary>
internal static class ReadBankFile
{
    private const string NotKnown =
        "This is not a statement that can be read. Download it from your bank as CSV (Santander: as text) and do not open it in a spreadsheet first. "
        + "Barclays, Lloyds, Halifax, Bank of Scotland, NatWest, RBS, HSBC, Nationwide, Starling and Santander can be read.";

    private const string Workbook = "This is an Excel workbook. Download the statement from your bank as CSV, and send that file as it is.";
    private const string NotText = "This is not a text file. Download the statement from your bank as CSV, and send that file as it is.";
    private const string Empty = "The file is empty.";

    /// <param name="content">At most <see cref="FileContent.MaxBytes"/>.</param>
    /// <param name="today">In London: what the bank dates later is left for another day.</param>
    public static BankStatement Read(byte[] content, DateOnly today)
    {
        try
        {
            if (FileFormat.IsArchive(content))
            {
                return BankStatement.Refused(Workbook);
            }

            var (text, _) = TextDecoder.Decode(content);
            return string.IsNullOrWhiteSpace(text) ? BankStatement.Refused(Empty)
                : text.Contains('\0', StringComparison.Ordinal) ? BankStatement.Refused(NotText)
                : SantanderText.IsOne(text) ? SantanderText.Read(text, today)
                : ReadTable(text, today);
        }
        catch (FileRefusedException refused)
        {
            return BankStatement.Refused(refused.Message);
        }
    }

    private static BankStatement ReadTable(string text, DateOnly today)
    {
        var rows = DelimitedText.Read(text, ',').Rows;
        if (rows.Count > FileTable.MaxRows)
        {
            return BankStatement.Refused($"The file has more than {FileTable.MaxRows:N0} rows. Download a shorter time from your bank.");
        }

        foreach (var (row, place) in rows.Take(FileTable.HeaderWithin).Select((row, place) => (row, place)))
        {
            var headings = row.Cells.Select(cell => FileColumn.KeyOf(cell.Words)).ToList();
            if (BankTable.All.FirstOrDefault(table => table.Headings.All(headings.Contains)) is { } found)
            {
                return new BankTableReader(found, headings, today).Read(rows.Skip(place + 1));
            }
        }

        return rows.Count > 0 && IsWithoutHeadings(rows[0])
            ? new BankTableReader(BankTable.WithoutHeadings, BankTable.WithoutHeadings.Headings, today).Read(rows)
            : BankStatement.Refused(NotKnown);
    }

    private static bool IsWithoutHeadings(SheetRow row) =>
        row.Cells.Length >= 3 && CellValues.Date(row.Cells[0]) is not null && row.Cells[1].Kind == CellKind.Text
        && CellValues.Date(row.Cells[1]) is null && BankAmount.Parse(row.Cells[1].Words) is null;
}
