namespace TrainingHub.Catalogue;

/// <summary>How closely the courses found fit the words.</summary>
internal enum SearchFit
{
    AllWords,

    /// <summary>Some of the words.</summary>
    SomeWords,

    /// <summary>None of them; only alike.</summary>
    Alike,
}

/// <summary>How the words were taken.</summary>
/// <param name="Corrected">Words that no course has, and those that were looked for instead.</param>
/// <param name="Filters">Words that were taken for a day, a place or a fee.</param>
/// <param name="IsWithoutFilters">Nothing fitted those filters, so they were left out.</param>
/// <param name="Missing">The course that fits the words best, when it has no date that fits the filters among them.</param>
/// <param name="Says">Meanings of the words that have a sentence for visitors.</param>
internal sealed record SearchAnswer(
    SearchFit Fit, IReadOnlyList<(string Typed, string Meant)> Corrected, IReadOnlyList<WordFilter> Filters, bool IsWithoutFilters,
    ListedCourse? Missing, IReadOnlyList<SearchMeaning> Says)
{
    /// <summary>The words that were taken for filters: "saturday".</summary>
    public string FilterWords => string.Join(' ', Filters.SelectMany(taken => taken.Typed));
}
