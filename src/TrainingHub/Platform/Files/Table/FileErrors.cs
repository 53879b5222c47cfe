namespace TrainingHub.Platform.Files;

/// <summary>
/// Collects faults, so that all can be mended at once: the same one in many rows is one error with the first row numbers. A file
/// with more different faults than <see cref="Most"/> is wrong as a whole.
/// </summary>
internal sealed class FileErrors
{
    public const int Most = 1_000;
    private const int RowsNamed = 5;

    private readonly Dictionary<(string Column, string Message, bool IsFile), Group> groups = [];
    private bool hasMore;

    private sealed class Group(int order)
    {
        public int Order => order;
        public int Count { get; set; }
        public SortedSet<int> Rows { get; } = [];
    }

    public int Count => groups.Count;

    public bool IsFull => hasMore;

    public bool HasWholeFile => groups.Keys.Any(key => key.IsFile);

    public void Add(FileError error)
    {
        var key = (error.Column, error.Message, error.Row == 0);
        if (!groups.TryGetValue(key, out var group))
        {
            if (groups.Count == Most)
            {
                hasMore = true;
                return;
            }

            groups[key] = group = new Group(groups.Count);
        }

        group.Count++;
        group.Rows.Add(error.Row);
        if (group.Rows.Count > RowsNamed)
        {
            group.Rows.Remove(group.Rows.Max);
        }
    }

    /// <summary>By their first rows; those of the whole file come first.</summary>
    public IReadOnlyList<FileError> InOrder()
    {
        var errors = groups
            .OrderBy(group => group.Value.Rows.Min).ThenBy(group => group.Value.Order)
            .Select(group => new FileError(group.Value.Rows.Min, group.Key.Column, group.Key.Message) { Count = group.Value.Count, FirstRows = [.. group.Value.Rows] })
            .ToList();
        if (hasMore)
        {
            errors.Add(new FileError(0, "", "There are more errors than this. Mend these first."));
        }

        return errors;
    }
}
