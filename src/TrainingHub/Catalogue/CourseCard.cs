namespace TrainingHub.Catalogue;

/// <summary>A course in the list with its next fitting dates.</summary>
internal sealed class CourseCard
{
    /// <summary>How many dates stand in the list; the rest are on the course's page.</summary>
    public const int DatesShown = 3;

    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required string? Tag { get; init; }
    public required string? Level { get; init; }
    public required CourseLength? Length { get; init; }
    public required bool IsNew { get; init; }
    public required bool IsOffered { get; init; }
    public required int DateCount { get; init; }
    public required IReadOnlyList<DateLine> Dates { get; init; }

    /// <summary>Null when no date is coming or nothing says what it costs.</summary>
    public Price? NextPrice => Dates.Count > 0 ? Dates[0].Price : null;
}
