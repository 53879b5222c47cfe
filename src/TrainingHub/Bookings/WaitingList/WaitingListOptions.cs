using System.ComponentModel.DataAnnotations;

namespace TrainingHub.Bookings;

/// <summary>Settings under <c>WaitingList</c>.</summary>
internal sealed class WaitingListOptions
{
    public const string Section = "WaitingList";

    /// <summary>How many working hours an offer lasts, unless booking closes too soon for that.</summary>
    [Range(1, 80)]
    public int OfferWorkingHours { get; init; } = 8;

    /// <summary>The first hour of a working day, London time.</summary>
    [Range(0, 22)]
    public int DayBegins { get; init; } = 9;

    /// <summary>The hour at which it ends.</summary>
    [Range(1, 23)]
    public int DayEnds { get; init; } = 17;
}
