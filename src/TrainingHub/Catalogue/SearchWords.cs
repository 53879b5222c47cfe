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

    public static async Task<(IQueryable<Course> Courses, SearchFit Fit)> FindAsync(IQueryable<Course> courses, string words, CancellationToken ct)
    {
        var exact = courses
            .Where(course => course.SearchVector.Matches(EF.Functions.WebSearchToTsQuery(English, words)))
            .OrderByDescending(course => course.SearchVector.Rank(EF.Functions.WebSearchToTsQuery(English, words)));
        if (await exact.AnyAsync(ct))
        {
            return (exact, SearchFit.AllWords);
        }

        var beginnings = Words().Matches(words).Select(word => word.Value + ":*").ToList();
        var all = ByBeginnings(courses, string.Join(" & ", beginnings));
        return beginnings.Count < 2 || await all.AnyAsync(ct)
            ? (all, SearchFit.AllBeginnings)
            : (ByBeginnings(courses, string.Join(" | ", beginnings)), SearchFit.SomeWords);
    }

    private static IOrderedQueryable<Course> ByBeginnings(IQueryable<Course> courses, string query) => courses
        .Where(course => course.SearchVector.Matches(EF.Functions.ToTsQuery(English, query)))
        .OrderByDescending(course => course.SearchVector.Rank(EF.Functions.ToTsQuery(English, query)));

    // Letters and digits only: whatever is typed cannot be an operator of the query language.
    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Words();
}
