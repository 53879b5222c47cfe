using System.Globalization;
using System.Xml;

namespace TrainingHub.Platform.Files;

/// <summary>
/// Reads one sheet from its beginning to its end, keeping only rows that hold something: a sheet with cells in A1 and XFD1048576
/// has two rows, not a million. A cell that is merged downwards is in each of its rows.
/// </summary>
internal sealed class SheetReader(XmlReader xml, CellReader values)
{
    private const int MostMerged = 10_000;
    private const int MostFilled = 200_000;
    private readonly List<SheetRow> rows = [];
    private readonly List<(int Column, int From, int To)> merged = [];

    public sealed record Found(Sheet Sheet, bool IsChosen);

    /// <param name="hasHeader">Whether the first ten rows hold a known heading row.</param>
    /// <param name="isNeeded">Read on without one, for want of a better sheet.</param>
    public Found Read(string name, Func<IReadOnlyList<SheetRow>, bool> hasHeader, bool isNeeded)
    {
        var (number, isChosen) = (0, (bool?)null);
        while (xml.Read() && rows.Count <= FileTable.MaxRows + FileTable.HeaderWithin)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : number + 1;
                if (number > FileTable.HeaderWithin)
                {
                    isChosen ??= hasHeader(rows);
                    if (isChosen == false && !isNeeded)
                    {
                        return new Found(new Sheet(name, rows, 0), IsChosen: false);
                    }
                }

                ReadRow(number);
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "mergeCell" })
            {
                TakeMerged(xml.GetAttribute("ref") ?? "");
            }
        }

        FillMerged();
        var empty = rows.Count == 0 ? 0 : rows[^1].Number - rows[0].Number + 1 - rows.Count;
        return new Found(new Sheet(name, rows, empty), isChosen ?? hasHeader(rows));
    }

    private void ReadRow(int number)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var (cells, depth, column) = (new List<Cell>(), xml.Depth, -1);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            column = xml.GetAttribute("r") is { } reference ? ColumnOf(reference) : column + 1;
            var cell = values.Read(xml);
            if (cell.IsEmpty || column < 0 || column >= FileTable.MaxColumns)
            {
                continue;
            }

            while (cells.Count <= column)
            {
                cells.Add(default);
            }

            cells[column] = cell;
        }

        if (cells.Count > 0)
        {
            rows.Add(new SheetRow(number, [.. cells]));
        }
    }

    private void TakeMerged(string range)
    {
        if (merged.Count < MostMerged && range.Split(':') is [var from, var to] && ColumnOf(from) == ColumnOf(to))
        {
            merged.Add((ColumnOf(from), RowOf(from), RowOf(to)));
        }
    }

    private void FillMerged()
    {
        var places = merged.Count == 0 ? [] : rows.Select((row, place) => (row.Number, place)).DistinctBy(row => row.Number).ToDictionary(row => row.Number, row => row.place);
        var left = MostFilled;
        foreach (var (column, from, to) in merged)
        {
            if (!places.TryGetValue(from, out var first) || column >= rows[first].Cells.Length)
            {
                continue;
            }

            for (var place = first + 1; place < rows.Count && rows[place].Number <= to && left-- > 0; place++)
            {
                rows[place] = With(rows[place], column, rows[first].Cells[column]);
            }
        }
    }

    private static SheetRow With(SheetRow row, int column, Cell cell)
    {
        var cells = row.Cells;
        Array.Resize(ref cells, Math.Max(cells.Length, column + 1));
        cells[column] = cell;
        return new SheetRow(row.Number, cells);
    }

    /// <summary>0 for "A7"; -1 when it is no reference.</summary>
    private static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper))
        {
            column = Math.Min((column * 26) + letter - 'A' + 1, FileTable.MaxColumns + 1);
        }

        return column - 1;
    }

    private static int RowOf(string reference) =>
        int.TryParse(reference.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ$"), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : 0;
}
