using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue;

/// <summary>How closely the courses found fit the words.</summary>
internal enum SearchFit
{
    /// <summary>All words, as written or in another form of the word.</summary>
    AllWords,

    /// <summary>All words as the beginnings of words: "safer rec".</summary>
    AllBeginnings,

    /// <summary>Some of the words.</summary>
    SomeWords,
}

/// <summary>Courses for typed words: those that fit best, and worse fits only when there is none better.</summary>
internal static partial class SearchWords
{
    private const string English = "english";

    /// <returns>The rank of each course found, higher fits better.</returns>
    public static async Task<(IReadOnlyDictionary<Guid, float> Ranks, SearchFit Fit)> FindAsync(
        IQueryable<Course> courses, string words, CancellationToken ct)
    {
        var exact = await courses
            .Where(course => course.SearchVector.Matches(EF.Functions.WebSearchToTsQuery(English, words)))
            .Select(course => new { course.Id, Rank = course.SearchVector.Rank(EF.Functions.WebSearchToTsQuery(English, words)) })
            .ToDictionaryAsync(course => course.Id, course => course.Rank, ct);
        if (exact.Count > 0)
        {
            return (exact, SearchFit.AllWords);
        }

        var beginnings = Split(words).Select(word => word + ":*").ToList();
        var all = await ByBeginningsAsync(courses, string.Join(" & ", beginnings), ct);
        return beginnings.Count < 2 || all.Count > 0
            ? (all, SearchFit.AllBeginnings)
            : (await ByBeginningsAsync(courses, string.Join(" | ", beginnings), ct), SearchFit.SomeWords);
    }

    public static IReadOnlyList<string> Split(string words) => [.. Words().Matches(words).Select(word => word.Value)];

    private static async Task<Dictionary<Guid, float>> ByBeginningsAsync(IQueryable<Course> courses, string query, CancellationToken ct) => await courses
        .Where(course => course.SearchVector.Matches(EF.Functions.ToTsQuery(English, query)))
        .Select(course => new { course.Id, Rank = course.SearchVector.Rank(EF.Functions.ToTsQuery(English, query)) })
        .ToDictionaryAsync(course => course.Id, course => course.Rank, ct);

    // Letters and digits only: whatever is typed cannot be an operator of the query language.
    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Words();
}
