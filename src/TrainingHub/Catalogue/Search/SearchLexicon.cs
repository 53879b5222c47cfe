using System.Collections.Concurrent;
using F23.StringSimilarity;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>
/// The words of the catalogue, and the phrases that stand for more than their words. Read once and remembered: it changes when the catalogue
/// or what staff say of it does.
/// </summary>
internal sealed class SearchLexicon
{
    private const int MostSlips = 2_000;
    private static readonly OptimalStringAlignment Distance = new();

    private readonly Dictionary<string, SearchPhrase> phrases = new(StringComparer.Ordinal);
    private readonly HashSet<string> words = new(StringComparer.Ordinal);
    private readonly int longest;

    /// <summary>Slips that were looked up, with the word that was meant; "" is none.</summary>
    private readonly ConcurrentDictionary<string, string> slips = new(StringComparer.Ordinal);

    internal sealed record KnownTitle(Guid CourseId, string Title);

    internal SearchLexicon(IEnumerable<string> courseWords, IEnumerable<KnownTitle> titles, IEnumerable<SearchMeaning> meanings, CatalogueChoices choices)
    {
        foreach (var (typed, name, value) in WordsOfFilters.Of(choices))
        {
            phrases[TypedWords.Tidy(typed)] = new([], KeyValuePair.Create(name, value), null);
        }

        foreach (var meaning in meanings)
        {
            foreach (var typed in meaning.Typed.Prepend(TypedWords.Tidy(meaning.Name)).Distinct(StringComparer.Ordinal))
            {
                var known = phrases.GetValueOrDefault(typed) ?? new([], null, null);
                phrases[typed] = known with { Meanings = [.. known.Meanings, meaning] };
            }
        }

        // "Online" asks for online dates, but "online safety" is a course: the longer phrase is taken first, and a title is never a filter.
        foreach (var title in titles)
        {
            var typed = TypedWords.Tidy(title.Title);
            var known = phrases.GetValueOrDefault(typed) ?? new([], null, null);
            phrases[typed] = known with { Title = title.CourseId, Filter = null };
        }

        phrases.Remove("");
        words.UnionWith(courseWords);
        words.UnionWith(phrases.Keys.SelectMany(phrase => phrase.Split(' ')));
        longest = phrases.Count == 0 ? 0 : phrases.Keys.Max(phrase => phrase.Count(letter => letter == ' ') + 1);
    }

    public static Task<SearchLexicon> ReadAsync(PageCache cache, TimeProvider clock) => cache.GetAsync(async db => new SearchLexicon(
        await db.Database.SqlQuery<string>(
            $"""
            select word as "Value" from ts_stat($$
                select to_tsvector('simple', title || ' ' || search_words || ' ' || summary || ' ' || audience) from courses
                where not is_draft and archived_at is null$$)
            where length(word) > 2
            """).ToListAsync(),
        await db.Courses.Where(Course.IsPublic).Select(course => new { course.Id, course.Title })
            .Concat(db.CourseTitles.Select(title => new { Id = title.CourseId, title.Title }))
            .Select(title => new KnownTitle(title.Id, title.Title)).ToListAsync(),
        await db.SearchMeanings.AsNoTracking().Where(meaning => meaning.ArchivedAt == null).OrderBy(meaning => meaning.Name).ToListAsync(),
        (await CatalogueSnapshot.ReadAsync(cache, clock)).Choices));

    /// <summary>The longest known phrases, from left to right; other words by themselves. A filter that was chosen in the form is not taken from words.</summary>
    public SearchPlan Plan(IReadOnlyList<string> typed, Func<string, bool> isChosen)
    {
        var concepts = new List<SearchConcept>();
        var filters = new List<WordFilter>();
        for (var at = 0; at < typed.Count;)
        {
            var (length, phrase) = LongestAt(typed, at);
            IReadOnlyList<string> own = [.. typed.Skip(at).Take(length)];
            at += length;
            if (phrase is { Filter: { } filter } && !isChosen(filter.Key) && filters.TrueForAll(other => other.Name != filter.Key))
            {
                filters.Add(new(filter.Key, filter.Value, own, phrase.Meanings));
            }
            else if (phrase is null && TypedWords.Parts(own[0]) is { } parts)
            {
                var inner = Plan(parts, isChosen);
                concepts.AddRange(inner.Concepts);
            }
            else
            {
                concepts.Add(new(own, phrase));
            }
        }

        return new(concepts, filters);
    }

    /// <summary>The same plan with the meanings of phrases that have a word which nothing fits by itself: "baby" is in "unborn baby".</summary>
    /// <returns>Null when there is none.</returns>
    public SearchPlan? ByParts(SearchPlan plan, Func<int, bool> isUnknown)
    {
        var concepts = plan.Concepts.Select((concept, at) => concept.Phrase is null && isUnknown(at) && OfPart(concept.Words[0]) is { Count: > 0 } meanings
            ? concept with { Phrase = new(meanings, null, null) }
            : concept).ToList();
        return concepts.SequenceEqual(plan.Concepts) ? null : plan with { Concepts = concepts };
    }

    private List<SearchMeaning> OfPart(string word) => word.Length < 3 ? [] :
    [
        .. phrases.Where(phrase => phrase.Value.Meanings.Count > 0 && phrase.Key.Split(' ').Contains(word))
            .SelectMany(phrase => phrase.Value.Meanings).Where(meaning => meaning.Courses.Length > 0).Distinct().OrderBy(meaning => meaning.Name, StringComparer.Ordinal),
    ];

    /// <returns>The known word that is most like it, or null when none is near.</returns>
    public string? Nearest(string word)
    {
        // A short word is near to many others; an abbreviation is never guessed.
        if (word.Length < 4 || words.Contains(word) || word.Any(char.IsDigit))
        {
            return null;
        }

        if (slips.Count > MostSlips)
        {
            slips.Clear();
        }

        return slips.GetOrAdd(word, LookUp) is { Length: > 0 } known ? known : null;
    }

    private string LookUp(string word)
    {
        var most = word.Length < 8 ? 1 : 2;
        return words
            .Where(known => known.Length > 3 && Math.Abs(known.Length - word.Length) <= most)
            .Select(known => (Word: known, Distance: Distance.Distance(known, word)))
            .Where(known => known.Distance <= most)
            .OrderBy(known => known.Distance).ThenBy(known => known.Word[0] == word[0] ? 0 : 1).ThenBy(known => known.Word, StringComparer.Ordinal)
            .Select(known => known.Word)
            .FirstOrDefault("");
    }

    private (int Length, SearchPhrase? Phrase) LongestAt(IReadOnlyList<string> typed, int at)
    {
        for (var length = Math.Min(longest, typed.Count - at); length > 0; length--)
        {
            if (phrases.TryGetValue(string.Join(' ', typed.Skip(at).Take(length)), out var phrase))
            {
                return (length, phrase);
            }
        }

        return (1, null);
    }
}
