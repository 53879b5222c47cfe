using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.People;

/// <summary>
/// What staff typed to find somebody or something: each word of a name folded as <see cref="PersonKey"/> folds names, so that accents,
/// apostrophes, order and spaces do not matter; as part of an email address; and as part of a reference.
/// </summary>
internal sealed record SearchText
{
    public const int MaxLength = 100;

    /// <summary>Of the patterns: EF has none unless it is told.</summary>
    public const string Escape = "\\";

    // What trigrams can look for anywhere in a name.
    private const int Anywhere = 3;
    private const int Shortest = 2;

    private SearchText(string typed, string[] words) => (Typed, Words) = (typed, words);

    /// <summary>On one line, with single spaces.</summary>
    public string Typed { get; }

    /// <summary>At least one.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Null when it is too short, too long, or holds nothing that could be found.</summary>
    public static SearchText? Of(string? typed)
    {
        var line = PlainName.Fold(typed ?? "");
        string[] words = [.. line.Split(' ').Where(word => word.Any(char.IsLetterOrDigit)).Select(PersonKey.NameOf).Distinct()];
        return line.Length <= MaxLength && words.Sum(word => word.Length) >= Shortest ? new(line, words) : null;
    }

    /// <summary>All of them fit a name that is found: for LIKE on a folded name. Two letters are looked for where it begins.</summary>
    public IEnumerable<string> NamePatterns => Words.Select(word => word.Length < Anywhere && Words.Count == 1 ? Begins(word) : Within(word));

    /// <summary>The same for a name that begins so or ends so: whoever is called Lee before whoever is called Kathleen. Null for several words.</summary>
    public (string Begins, string Ends)? AtTheEdge => Words is [var word] ? (Begins(word), "%" + Escaped(word)) : null;

    /// <summary>For LIKE on an address in lower case; null when it cannot be part of one.</summary>
    public string? EmailPattern => EmailPart is { } part ? Within(part) : null;

    /// <summary>In lower case, as it would stand in an address; null when it cannot.</summary>
    public string? EmailPart => Typed.Contains(' ', StringComparison.Ordinal) || Typed.Length < Anywhere ? null : EmailAddress.KeyOf(Typed);

    /// <summary>A booking's reference, or the half of one, as stored. Null when it cannot be: then nothing that is like a word is taken for one.</summary>
    public string? ReferencePart
    {
        get
        {
            var part = Reference.Normalise(Typed);
            var least = part.Any(char.IsAsciiDigit) ? Anywhere : Reference.Length / 2;
            return part.Length >= least && part.Length <= Reference.Length && part.All(letter => Reference.Alphabet.Contains(letter, StringComparison.Ordinal)) ? part : null;
        }
    }

    /// <summary>Whether every word is in that name.</summary>
    public bool IsIn(string? name)
    {
        var key = PersonKey.NameOf(name ?? "");
        return Words.All(word => key.Contains(word, StringComparison.Ordinal));
    }

    public static string Within(string part) => $"%{Escaped(part)}%";

    private static string Begins(string part) => $"{Escaped(part)}%";

    private static string Escaped(string part) => part
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
