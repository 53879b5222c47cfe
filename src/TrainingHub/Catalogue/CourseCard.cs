namespace TrainingHub.Catalogue;

/// <summary>What the list says of a course.</summary>
/// <param name="TagWords">What visitors read instead of the tag.</param>
/// <param name="OfferOrder">Its position in the printed offer; null is not in the present offer.</param>
internal sealed record ListedCourse(
    Guid Id,
    string Slug,
    string Title,
    string Summary,
    string? Tag,
    string? TagWords,
    string? Level,
    CourseLength? Length,
    bool IsNew,
    int? OfferOrder);

/// <summary>A course in the list with its next fitting dates.</summary>
/// <param name="DateCount">All that fit.</param>
/// <param name="Dates">At most <see cref="DatesShown"/>; the rest are on the course's page.</param>
internal sealed record CourseCard(ListedCourse Course, int DateCount, IReadOnlyList<DateLine> Dates)
{
    public const int DatesShown = 3;

    /// <summary>Null when no date is coming or nothing says what it costs.</summary>
    public Price? NextPrice => Dates.Count > 0 ? Dates[0].Price : null;
}
