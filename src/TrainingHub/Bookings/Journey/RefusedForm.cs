namespace TrainingHub.Bookings;

/// <summary>
/// A form of the journey that was refused, as it was typed. It is kept beside the answers and shown by a GET, so that Back and reload
/// ask for no second sending. Nothing of it counts as answered.
/// </summary>
internal sealed class RefusedForm
{
    /// <summary>Longer ones are answered at once and not kept.</summary>
    private const int MostCharacters = 40_000;

    /// <summary>The path of the page.</summary>
    public required string Page { get; init; }
    public required Dictionary<string, string[]> Fields { get; init; }

    /// <returns>Null when it is too long to be kept.</returns>
    public static RefusedForm? Of(string page, IEnumerable<KeyValuePair<string, string[]>> fields)
    {
        var typed = fields.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        return typed.Sum(field => field.Key.Length + field.Value.Sum(value => value.Length)) <= MostCharacters
            ? new() { Page = page, Fields = typed }
            : null;
    }
}
