namespace TrainingHub.Catalogue;

/// <summary>Settings under <c>Dates</c>.</summary>
internal sealed class DateOptions
{
    public const string Section = "Dates";

    private const int MostDays = 60;

    /// <summary>How many hours before it begins a new date closes for booking, unless staff say otherwise; 0 is when it begins.</summary>
    public int BookingClosesHoursBefore { get; init; }

    /// <summary>How many days before a date staff are told that it has fewer people than its minimum.</summary>
    public int TooFewDaysBefore { get; init; } = 14;

    public bool IsValid => BookingClosesHoursBefore is >= 0 and <= CourseRun.MostHoursBefore && TooFewDaysBefore is >= 1 and <= MostDays;

    /// <summary>What a new date starts from.</summary>
    public RunLimits NewDate => BookingClosesHoursBefore == 0 ? RunLimits.None : new(BookingClosesHoursBefore);
}
