namespace TrainingHub.Bookings;

/// <summary>Settings under <c>Reminders</c>.</summary>
internal sealed class ReminderOptions
{
    public const string Section = "Reminders";

    public const int MostDays = 60;

    /// <summary>How many days before a course each delegate is reminded, such as "7, 1"; empty reminds nobody.</summary>
    public string DaysBefore { get; init; } = "7, 1";

    /// <summary>How many days before the last day to choose sessions of an event somebody who has not chosen is reminded; 0 reminds nobody.</summary>
    public int SessionsDaysBefore { get; init; } = 5;

    /// <summary>The days before the course as numbers; null when it cannot be read.</summary>
    public IReadOnlyCollection<int>? Days
    {
        get
        {
            var days = DaysBefore.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(word => int.TryParse(word, out var number) && number is > 0 and <= MostDays ? number : 0)
                .ToHashSet();
            return days.Contains(0) ? null : days;
        }
    }
}
