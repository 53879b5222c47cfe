using System.Globalization;

namespace TrainingHub.Platform.Files;

/// <summary>
/// One row. The readers give null for an empty cell and for one that cannot be read; the second is added to the table's errors,
/// and so is an empty cell of a required column, once, when the table is read.
/// </summary>
internal sealed class FileRow(FileTable table, int number, Dictionary<string, string> cells)
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "d/M/yyyy", "dd/MM/yyyy"];
    private static readonly string[] TimeForms = ["H:mm", "HH:mm", "HH:mm:ss"];

    public int Number => number;

    public void Fail(string column, string message) => table.Add(new FileError(number, column, message));

    public string? Text(string column) => cells.GetValueOrDefault(column) is { Length: > 0 } text ? text : null;

    /// <summary>2025-03-27 or 27/03/2025, in the years 2000 to 2099.</summary>
    public DateOnly? Date(string column)
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 2000 and < 2100)
        {
            return date;
        }

        return Refuse<DateOnly>(column, text, "is not a date. Write it like 2025-03-27 or 27/03/2025.");
    }

    public TimeOnly? Time(string column)
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        return TimeOnly.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : Refuse<TimeOnly>(column, text, "is not a time. Write it like 09:30.");
    }

    /// <summary>82.00, £82.00 or FREE.</summary>
    public Money? Money(string column)
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        return Platform.Money.Parse(text) ?? Refuse<Money>(column, text, "is not an amount. Write it like 82.00, £82.00 or FREE.");
    }

    public int? Whole(string column, int from, int to)
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole >= from && whole <= to
            ? whole
            : Refuse<int>(column, text, string.Create(CultureInfo.InvariantCulture, $"is not a whole number from {from} to {to}."));
    }

    /// <summary>Yes, No, Y, N, True, False, 1 or 0.</summary>
    public bool? YesNo(string column)
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        return text.ToLowerInvariant() switch
        {
            "yes" or "y" or "true" or "1" => true,
            "no" or "n" or "false" or "0" => false,
            _ => Refuse<bool>(column, text, "is neither Yes nor No."),
        };
    }

    /// <summary>One of the known names, whatever the case and spaces; the error lists them.</summary>
    public T? OneOf<T>(string column, KnownNames<T> known)
        where T : struct
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        return known.Find(text) ?? Refuse<T>(column, text, $"is not known. Write one of: {known.Names}.");
    }

    private T? Refuse<T>(string column, string text, string message)
        where T : struct
    {
        Fail(column, $"“{FileTable.Shown(text)}” {message}");
        return null;
    }
}
