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
    int? OfferOrder,
    ListedModule? Module,
    CourseKind Kind = CourseKind.Course);

/// <summary>Where a course stands in its programme.</summary>
/// <param name="Slug">Of the programme's page.</param>
/// <param name="Number">1, 2 …</param>
/// <param name="Count">How many modules visitors see.</param>
internal sealed record ListedModule(string Slug, string Programme, int Number, int Count);

/// <param name="Modules">How many of them visitors see, at least one.</param>
internal sealed record ListedProgramme(string Slug, string Title, string Summary, int Modules)
{
    /// <summary>Whether each word that was typed begins a word of it.</summary>
    public bool Fits(string words)
    {
        var own = TypedWords.Split($"{Title} {Summary}");
        return TypedWords.Split(words) is { Count: > 0 } typed && typed.All(word => own.Any(one => one.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
    }
}

/// <summary>A course in the list with its next fitting dates.</summary>
/// <param name="DateCount">All that fit.</param>
/// <param name="Dates">At most <see cref="DatesShown"/>; the rest are on the course's page.</param>
internal sealed record CourseCard(ListedCourse Course, int DateCount, IReadOnlyList<DateLine> Dates)
{
    public const int DatesShown = 3;

    /// <param name="course"></param>
    /// <param name="fitting">Those of its dates that fit, the next one first.</param>
    public static CourseCard Of(ListedCourse course, IReadOnlyList<DateLine> fitting) => new(course, fitting.Count, [.. fitting.Take(DatesShown)]);

    /// <summary>Null when no date is coming or nothing says what it costs.</summary>
    public Price? NextPrice => Dates.Count > 0 ? Dates[0].Price : null;
}
