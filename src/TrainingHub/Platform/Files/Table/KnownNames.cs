namespace TrainingHub.Platform.Files;

/// <summary>Names that a cell may have, each with what it stands for. Case and surrounding or repeated spaces do not matter.</summary>
internal sealed class KnownNames<T>(IEnumerable<KeyValuePair<string, T>> known)
    where T : struct
{
    private readonly Dictionary<string, T> byKey = Index(known = [.. known]);

    /// <summary>As people write them, for messages.</summary>
    public string Names { get; } = string.Join(", ", known.Select(pair => pair.Key));

    public T? Find(string text) => byKey.TryGetValue(KeyOf(text), out var found) ? found : null;

    private static Dictionary<string, T> Index(IEnumerable<KeyValuePair<string, T>> known)
    {
        var index = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, value) in known)
        {
            index[KeyOf(name)] = value;
        }

        return index;
    }

    private static string KeyOf(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
