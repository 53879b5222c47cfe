using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>What the demonstration invents about dates: hours, capacities, venues and providers.</summary>
internal sealed record DatesFile(
    int FirstAfterDays,
    int SpreadOverDays,
    IReadOnlyList<int> Capacities,
    DatesFile.HoursOf Hours,
    IReadOnlyList<string> FullDayWithoutLength,
    DatesFile.WeeksOf SeveralMeetings,
    IReadOnlyList<DatesFile.VenueRow> Venues,
    IReadOnlyList<string> Providers)
{
    public static DatesFile Read() => SeedFile.ReadJson<DatesFile>("Catalogue.Seed.dates.json");

    internal sealed record Period(TimeOnly Start, TimeOnly End);

    internal sealed record HoursOf(Period FullDay, Period Morning, Period Afternoon, Period Twilight);

    /// <summary>The course whose dates have another meeting so many weeks after the first.</summary>
    internal sealed record WeeksOf(string Course, int Weeks);

    internal sealed record VenueRow(string Name, string Address, string Area)
    {
        public string? Room { get; init; }
        public string? StepFree { get; init; }
        public string? Access { get; init; }
        public string? Travel { get; init; }
    }
}
