using System.Globalization;

namespace TrainingHub.Platform;

/// <summary>
/// Monday to Friday without England's bank holidays. The holidays are data, Seed/bank-holidays-england.csv, as published on
/// gov.uk/bank-holidays; after <see cref="KnownUntil"/> only weekends are left out, so extend the file in time.
/// </summary>
internal static class WorkingDays
{
    private const string Resource = "TrainingHub.Platform.Seed.bank-holidays-england.csv";
    private static readonly HashSet<DateOnly> BankHolidays = Read();

    /// <summary>The last day of the last year that the data file covers.</summary>
    public static DateOnly KnownUntil { get; } = new(BankHolidays.Max().Year, 12, 31);

    /// <summary>True from a year before the data ends, so that the next years are added in time.</summary>
    public static bool EndSoon(DateOnly today) => today >= KnownUntil.AddYears(-1);

    public static bool IsBankHoliday(DateOnly date) => BankHolidays.Contains(date);

    public static bool IsWorkingDay(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsBankHoliday(date);

    /// <summary>The date itself when it is a working day, else the first one after it.</summary>
    public static DateOnly OnOrAfter(DateOnly date)
    {
        while (!IsWorkingDay(date))
        {
            date = date.AddDays(1);
        }

        return date;
    }

    /// <summary>The date that has so many whole working days between it and the given one, itself the first of them; the given one for none.</summary>
    public static DateOnly Before(DateOnly date, int days)
    {
        while (days > 0)
        {
            date = date.AddDays(-1);
            if (IsWorkingDay(date))
            {
                days--;
            }
        }

        return date;
    }

    private static HashSet<DateOnly> Read()
    {
        using var stream = typeof(WorkingDays).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => DateOnly.ParseExact(line[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture))];
    }
}
