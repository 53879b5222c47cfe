using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>
/// Events and resources of the demonstration: their names are those that the partnership's reports name; days, hours, fees, rooms and what
/// happens in each slot are invented.
/// </summary>
internal sealed record EventsFile(IReadOnlyList<EventsFile.EventRow> Events, IReadOnlyList<EventsFile.ResourceRow> Resources)
{
    public static EventsFile Read() => SeedFile.ReadJson<EventsFile>("Catalogue.Seed.events.json");

    internal sealed record EventRow(
        string Slug, string Title, string Kind, string Summary, string Audience, IReadOnlyList<string> Outcomes, string? Bring, DateRow? Date, IReadOnlyList<SlotRow> Slots);

    /// <param name="AfterDays">Counted from the day of the first seed, and on to a working day.</param>
    internal sealed record DateRow(int AfterDays, TimeOnly Start, TimeOnly End, int Capacity, bool IsOnline, int FeePence);

    internal sealed record SlotRow(TimeOnly Begins, TimeOnly Ends, IReadOnlyList<SessionRow> Sessions);

    internal sealed record SessionRow(string Title)
    {
        public string? Room { get; init; }
        public string? Speakers { get; init; }
        public int? Capacity { get; init; }
    }

    internal sealed record ResourceRow(string Title, string Kind, string? Area, string? Summary, IReadOnlyList<string> Courses);
}
