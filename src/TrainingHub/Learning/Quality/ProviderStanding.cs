using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>A document that counts, without its file.</summary>
internal sealed record HeldDocument(Guid Id, DocumentKind Kind, string Name, DateOnly? LastOn);

/// <summary>How a provider stands with its documents and its reviews.</summary>
/// <param name="Documents">Those that count, by kind and name.</param>
/// <param name="NextReviewOn">Null when none is planned.</param>
internal sealed record ProviderStanding(IReadOnlyList<HeldDocument> Documents, DateOnly? NextReviewOn)
{
    public static ProviderStanding None { get; } = new([], null);

    private static readonly DocumentKind[] Expected = [.. Enum.GetValues<DocumentKind>().Where(kind => kind != DocumentKind.Other)];

    public bool IsReviewDue(DateOnly today) => NextReviewOn <= today;

    /// <summary>The kinds of which it has none.</summary>
    public IReadOnlyList<DocumentKind> Missing => [.. Expected.Where(kind => Documents.All(one => one.Kind != kind))];

    /// <summary>Whether every expected document is there and none is over.</summary>
    public bool IsInOrder(DateOnly today) => Missing.Count == 0 && !Documents.Any(one => one.LastOn < today);

    /// <summary>"Insurance ended on 3 March 2027; no contract": what is not in order, else what ends next.</summary>
    public string DocumentWords(DateOnly today)
    {
        if (Documents.Count == 0)
        {
            return "None yet";
        }

        List<string> faults =
        [
            .. Documents.Where(one => one.LastOn < today).Select(one => $"{one.Name} ended on {LearningWords.Day(one.LastOn)}"),
            .. Missing.Select(kind => $"no {QualityWords.Kind(kind).ToLowerInvariant()}"),
        ];
        return faults.Count > 0 ? $"{char.ToUpperInvariant(faults[0][0])}{string.Join("; ", faults)[1..]}"
            : Documents.Min(one => one.LastOn) is { } next ? $"In order until {London.Words(next)}"
            : "In order";
    }

    /// <summary>By provider; one that has neither is not in it.</summary>
    public static async Task<IReadOnlyDictionary<Guid, ProviderStanding>> ReadAsync(TrainingHubDb db, CancellationToken ct)
    {
        var documents = (await ProviderDocument.Current(db).OrderBy(one => one.Kind).ThenBy(one => one.Name).ThenBy(one => one.Id)
            .Select(one => new { one.ProviderId, Held = new HeldDocument(one.Id, one.Kind, one.Name, one.LastOn) }).ToListAsync(ct)).ToLookup(one => one.ProviderId, one => one.Held);
        var reviews = await ProviderReview.Newest(db).ToDictionaryAsync(one => one.ProviderId, one => one.NextOn, ct);
        return documents.Select(one => one.Key).Union(reviews.Keys).ToDictionary(id => id, id => new ProviderStanding([.. documents[id]], reviews.GetValueOrDefault(id)));
    }
}
