using System.Globalization;
using CsvHelper;

namespace TrainingHub.Platform.Files;

/// <summary>
/// Cuts a text file into rows and cells. The separator is the one of comma, semicolon and tab that the first ten lines have most
/// of in one line, or what a line <c>sep=;</c> says. Quotation marks that are not closed are refused, for they would swallow rows.
/// </summary>
internal static class DelimitedText
{
    private const int MaxRecordBytes = 1 << 20;

    private static readonly (char Mark, string Name)[] Separators = [(',', "comma"), (';', "semicolon"), ('\t', "tab")];

    public static ReadFile Read(ReadOnlySpan<byte> file)
    {
        var (text, encoding) = TextDecoder.Decode(file);
        var (separator, start) = SeparatorOf(text);
        return new ReadFile([Read(text[start..], separator)], encoding, Array.Find(Separators, known => known.Mark == separator).Name ?? separator.ToString());
    }

    /// <summary>The rows when the separator is known. A line <c>sep=</c> is passed over.</summary>
    /// <exception cref="FileRefusedException">A quotation mark is not closed, or text follows a closing one.</exception>
    public static Sheet Read(string text, char separator)
    {
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            text = text[SeparatorOf(text).Start..];
        }


        CsvMalformedRecord? fault = null;
        var rows = new List<SheetRow>();
        var (number, empty, emptySince) = (0, 0, 0);
        using var csv = CsvReader.Create(new StringReader(text), new CsvReaderOptions
        {
            HasHeader = false,
            Separator = separator,
            SkipEmptyLines = false,
            TrimWhitespace = true,
            // A tab may separate, so only spaces surround.
            WhitespaceCharacters = " ",
            MaxRecordSize = MaxRecordBytes,
            OnMalformedRecord = found => fault = found.Reason == CsvMalformedReason.StrayQuote ? fault : fault ?? found,
        });
        try
        {
            while (csv.Read() && rows.Count <= FileTable.MaxRows + FileTable.HeaderWithin)
            {
                number++;
                Check(fault, number);
                var cells = new Cell[Math.Min(csv.FieldCount, FileTable.MaxColumns)];
                for (var index = 0; index < cells.Length; index++)
                {
                    cells[index] = Cell.OfText(csv.GetString(index));
                }

                if (Array.TrueForAll(cells, cell => cell.IsEmpty))
                {
                    emptySince++;
                    continue;
                }

                empty += rows.Count > 0 ? emptySince : 0;
                emptySince = 0;
                rows.Add(new SheetRow(number, cells));
            }
        }
        catch (CsvFormatException)
        {
            throw new FileRefusedException(Unclosed(number + 1));
        }

        return new Sheet("", rows, empty);
    }

    private static void Check(CsvMalformedRecord? fault, int row)
    {
        if (fault is { Reason: CsvMalformedReason.UnterminatedQuote })
        {
            throw new FileRefusedException(Unclosed(row));
        }

        if (fault is not null)
        {
            throw new FileRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Row {row}: there is text after a closing quotation mark. Double the quotation marks that belong to the text."));
        }
    }

    private static string Unclosed(int row) => string.Create(
        CultureInfo.InvariantCulture, $"Row {row}: a quotation mark is opened here and never closed. Close it, or take it out.");

    private static (char Separator, int Start) SeparatorOf(string text)
    {
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 4 && text[4] is not ('\r' or '\n'))
        {
            var end = text.IndexOfAny(['\r', '\n']);
            var next = end < 0 ? text.Length : end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
            return (text[4], next);
        }

        var (best, most) = (',', 0);
        foreach (var line in FirstLines(text))
        {
            foreach (var (mark, _) in Separators)
            {
                var count = line.Count(letter => letter == mark);
                (best, most) = count > most ? (mark, count) : (best, most);
            }
        }

        return (best, 0);
    }

    private static IEnumerable<string> FirstLines(string text)
    {
        using var reader = new StringReader(text.Length > 100_000 ? text[..100_000] : text);
        for (var line = 0; line < FileTable.HeaderWithin && reader.ReadLine() is { } found; line++)
        {
            yield return found;
        }
    }
}
