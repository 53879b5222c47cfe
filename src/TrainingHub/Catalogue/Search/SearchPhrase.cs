namespace TrainingHub.Catalogue;

/// <summary>What a phrase is known for. One phrase may be several things: "free" asks for free courses and leads to free places.</summary>
/// <param name="Meanings">Of those who type it.</param>
/// <param name="Filter">The parameter of the list that it stands for, and its value: "when" and "saturday".</param>
/// <param name="Title">The course whose title, now or once, it is.</param>
internal sealed record SearchPhrase(IReadOnlyList<SearchMeaning> Meanings, KeyValuePair<string, string>? Filter, Guid? Title);

/// <summary>A part of what was typed that courses are looked for by: a known phrase, or one word.</summary>
/// <param name="Words">As in <see cref="TypedWords"/>.</param>
internal sealed record SearchConcept(IReadOnlyList<string> Words, SearchPhrase? Phrase)
{
    public IEnumerable<SearchMeaning> Meanings => Phrase?.Meanings ?? [];
}

/// <summary>What was typed, taken apart.</summary>
/// <param name="Concepts">In the order in which they were typed.</param>
/// <param name="Filters">Parameters that words stand for, with the words.</param>
internal sealed record SearchPlan(IReadOnlyList<SearchConcept> Concepts, IReadOnlyList<WordFilter> Filters)
{
    public IEnumerable<SearchMeaning> Meanings => Concepts.SelectMany(concept => concept.Meanings).Concat(Filters.SelectMany(filter => filter.Meanings)).Distinct();
}

/// <param name="Name">The parameter of the list.</param>
/// <param name="Value">Of it.</param>
/// <param name="Typed">The words that were taken for it.</param>
/// <param name="Meanings">What the words mean beside.</param>
internal sealed record WordFilter(string Name, string Value, IReadOnlyList<string> Typed, IReadOnlyList<SearchMeaning> Meanings);
