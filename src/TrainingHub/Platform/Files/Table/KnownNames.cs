namespace TrainingHub.Platform.Files;

/// <summary>
/// Names that a cell may have, each with what it stands for. Case and surrounding or repeated spaces do not matter. Other spellings
/// are understood too, but not offered.
/// </summary>
internal sealed class KnownNames<T>(IEnumerable<KeyValuePair<string, T>> known, IEnumerable<KeyValuePair<string, T>>? otherSpellings = null)
    where T : struct
{
    private readonly Dictionary<string, T> byKey = Index((otherSpellings ?? []).Concat(known = [.. known]));

    /// <summary>As people write them.</summary>
    public IReadOnlyList<string> All { get; } = [.. known.Select(pair => pair.Key)];

    /// <summary>For messages.</summary>
    public string Names => string.Join(", ", All);

    public T? Find(string text) => byKey.TryGetValue(KnownNames.KeyOf(text), out var found) ? found : null;

    private static Dictionary<string, T> Index(IEnumerable<KeyValuePair<string, T>> known)
    {
        var index = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, value) in known)
        {
            index[KnownNames.KeyOf(name)] = value;
        }

        return index;
    }
}

internal static class KnownNames
{
    public static string KeyOf(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
