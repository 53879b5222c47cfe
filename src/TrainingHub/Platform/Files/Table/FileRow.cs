using System.Globalization;

namespace TrainingHub.Platform.Files;

/// <summary>
/// One row. The readers give null for a column that the file does not have, for an empty cell, for "-" and for a cell that cannot be
/// read; the last is added to the table's errors. So null never empties what is known: only <see cref="Clears"/> does.
/// </summary>
internal sealed class FileRow(FileTable table, int number, Cell[] cells)
{
    /// <summary>What a cell holds that empties what is known.</summary>
    public const string Clear = "-";

    public int Number => number;

    public void Fail(string column, string message) => table.Add(new FileError(number, column, message));

    /// <summary>The cell says "-": what is known of this is to be emptied.</summary>
    public bool Clears(string column) => CellOf(column) is { Kind: CellKind.Text } cell && cell.Words is Clear or "–" or "—";

    public string? Text(string column) => Filled(column)?.Words;

    /// <summary>27/03/2025, 27-Mar-25, 2025-03-27 or a date cell, in the years 2000 to 2099.</summary>
    public DateOnly? Date(string column) => Filled(column) is not { } cell ? null
        : CellValues.Date(cell) ?? Refuse<DateOnly>(column, cell, "is not a date. Write it like 27/03/2025 or 2025-03-27.");

    public TimeOnly? Time(string column) => Filled(column) is not { } cell ? null
        : CellValues.Time(cell) ?? Refuse<TimeOnly>(column, cell, "is not a time. Write it like 09:30.");

    /// <summary>82, £1,082.50 or FREE.</summary>
    public Money? Money(string column) => Filled(column) is not { } cell ? null
        : CellValues.Money(cell) ?? Refuse<Money>(column, cell, "is not an amount. Write it like 82.00, £82.00 or FREE.");

    public int? Whole(string column, int from, int to) => Filled(column) is not { } cell ? null
        : CellValues.Whole(cell) is { } whole && whole >= from && whole <= to ? whole
        : Refuse<int>(column, cell, string.Create(CultureInfo.InvariantCulture, $"is not a whole number from {from} to {to}."));

    /// <summary>Yes, No, Y, N, True, False, 1 or 0.</summary>
    public bool? YesNo(string column) => Filled(column) is not { } cell ? null
        : CellValues.YesNo(cell) ?? Refuse<bool>(column, cell, "is neither Yes nor No.");

    /// <summary>One of the known names, whatever the case and spaces, or what staff have said that a name means.</summary>
    public T? OneOf<T>(string column, KnownNames<T> known)
        where T : struct =>
        Filled(column) is { } cell ? OneOf(column, cell.Words, known, "Write one of:") : null;

    /// <summary>As above for one of several names in a cell.</summary>
    public T? OneOf<T>(string column, string name, KnownNames<T> known, string advice)
        where T : struct
    {
        if (known.Find(name) is { } found)
        {
            return found;
        }

        if (table.Means(column, name) is { } means && known.Find(means) is { } mapped)
        {
            table.AddUnknown(column, name, known.All, means);
            return mapped;
        }

        table.AddUnknown(column, name, known.All, means: null);
        Fail(column, $"“{FileTable.Shown(name)}” is not known. {advice} {known.Names}.");
        return null;
    }

    private Cell CellOf(string column) => table.PlaceOf(column) is { } place && place < cells.Length ? cells[place] : default;

    private Cell? Filled(string column) => CellOf(column) is { Kind: not (CellKind.Empty or CellKind.Fault) } cell && !Clears(column) ? cell : null;

    private T? Refuse<T>(string column, Cell cell, string message)
        where T : struct
    {
        Fail(column, $"“{FileTable.Shown(cell.Words)}” {message}");
        return null;
    }
}
