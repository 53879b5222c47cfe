namespace TrainingHub.Platform.Web;

/// <summary>
/// The parts of a query that change a public page, told by the rooms whose pages read them. Any other part is ignored by the store
/// of pages, so that nobody can fill it.
/// </summary>
internal sealed class PublicQuery
{
    private readonly SortedSet<string> stored = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> free = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Parts with few values: a page is stored for each of them.</summary>
    public string[] Stored => [.. stored];

    /// <summary>Parts that hardly two visitors give alike: such a page is made for each of them.</summary>
    public string[] Free => [.. free];

    public void Store(IEnumerable<string> names) => stored.UnionWith(names);

    public void LeaveFree(IEnumerable<string> names) => free.UnionWith(names);
}
