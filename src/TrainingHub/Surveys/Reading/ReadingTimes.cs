using TrainingHub.Bookings;

namespace TrainingHub.Surveys;

/// <summary>Until when a free text is to be read: four working hours for one with words of the list, two working days for the others.</summary>
internal static class ReadingTimes
{
    public const int FlaggedHours = 4;
    public const int OtherDays = 2;

    public static DateTimeOffset DueAt(DateTimeOffset createdAt, bool isFlagged, WaitingListOptions hours) =>
        OfferTimes.AddWorkingTime(createdAt, TimeSpan.FromHours(isFlagged ? FlaggedHours : OtherDays * (hours.DayEnds - hours.DayBegins)), hours);
}
