using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>
/// Courses for the parts of what was typed, by PostgreSQL's full text search. What it said of a part is remembered until the catalogue
/// changes: most people type the same words.
/// </summary>
internal sealed class SearchWords
{
    private const int MostKnown = 2_000;

    // A title that was typed and a course that staff name as the answer count for more than any text: ts_rank stays below 1.
    private const float TitleScore = 3;
    private const float MeaningScore = 2;

    private readonly ConcurrentDictionary<Part, IReadOnlyList<Hit>> known = new();

    private sealed record Hit(int Number, int Nodes, Guid? CourseId, bool IsExact, float Rank);

    /// <summary>As PostgreSQL reads it: whole words, and the beginnings of words.</summary>
    private sealed record Part(string Whole, string Begun);

    public static Task<SearchWords> ReadAsync(PageCache cache) => cache.GetAsync(_ => Task.FromResult(new SearchWords()));

    /// <summary>The courses of each part with their scores, higher fits better; null for a part that says nothing, such as "the".</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<Guid, float>?>> FindAsync(TrainingHubDb db, IReadOnlyList<SearchConcept> concepts, CancellationToken ct)
    {
        // The words of a known phrase stand beside each other: "working together" is not every course in which agencies work together.
        Part[] parts = [.. concepts.Select(concept => new Part(
            string.Join(concept.Phrase is null ? " & " : " <-> ", concept.Words), string.Join(" & ", concept.Words.Select(word => word + ":*"))))];
        var hits = parts.Select(known.GetValueOrDefault).ToList();
        if (hits.Contains(null))
        {
            hits = await AskAsync(db, parts, ct);
        }

        return [.. concepts.Select((concept, number) => Score(concept, hits[number] ?? []))];
    }

    private async Task<List<IReadOnlyList<Hit>?>> AskAsync(TrainingHubDb db, Part[] parts, CancellationToken ct)
    {
        var (whole, begun) = (parts.Select(part => part.Whole).ToArray(), parts.Select(part => part.Begun).ToArray());
        var hits = (await db.Database.SqlQuery<Hit>(
            $"""
            select typed.number::int - 1 as "Number", numnode(query.begun) as "Nodes", course.id as "CourseId",
                coalesce(course.search_vector @@ query.whole, false) as "IsExact",
                coalesce(ts_rank(course.search_vector, query.begun), 0) as "Rank"
            from unnest({whole}, {begun}) with ordinality as typed (whole, begun, number)
            cross join lateral (select to_tsquery('english', typed.whole) as whole, to_tsquery('english', typed.begun) as begun) as query
            left join courses course on course.search_vector @@ query.begun and not course.is_draft and course.archived_at is null
            """).ToListAsync(ct)).ToLookup(hit => hit.Number);
        if (known.Count > MostKnown)
        {
            known.Clear();
        }

        return [.. parts.Select((part, number) => known[part] = [.. hits[number]])];
    }

    /// <summary>The courses whose titles and words look most like what was typed, the nearest first.</summary>
    public static async Task<IReadOnlyList<Guid>> NearestAsync(TrainingHubDb db, string words, int most, CancellationToken ct) =>
        await db.Database.SqlQuery<Guid>(
            $"""
            select id as "Value" from courses
            where not is_draft and archived_at is null and word_similarity({words}, lower(title || ' ' || search_words)) >= 0.4
            order by offer_order is null, word_similarity({words}, lower(title || ' ' || search_words)) desc, id limit {most}
            """).ToListAsync(ct);

    private static Dictionary<Guid, float>? Score(SearchConcept concept, IReadOnlyList<Hit> hits)
    {
        // As written or in another form of the word; only without any as the beginning of a word: "safer rec".
        var scores = hits.Where(hit => hit.CourseId is not null && (hit.IsExact || !hits.Any(other => other.IsExact)))
            .ToDictionary(hit => hit.CourseId!.Value, hit => hit.Rank);
        foreach (var meaning in concept.Meanings)
        {
            for (var at = 0; at < meaning.Courses.Length; at++)
            {
                Add(scores, meaning.Courses[at], MeaningScore / (at + 1));
            }
        }

        if (concept.Phrase?.Title is { } titled)
        {
            Add(scores, titled, TitleScore);
        }

        return scores.Count == 0 && hits.All(hit => hit.Nodes == 0) ? null : scores;
    }

    private static void Add(Dictionary<Guid, float> scores, Guid course, float score) => scores[course] = scores.GetValueOrDefault(course) + score;
}
