using System.Text.RegularExpressions;

namespace TrainingHub.Platform;

/// <summary>
/// What stands in our emails as the name of a person or an organisation must be a name: with an address of the web or of a mailbox in
/// it, anybody could have us send a stranger a link of their choice.
/// </summary>
internal static partial class PlainName
{
    /// <summary>One line with single spaces.</summary>
    public static string Fold(string name) => Gaps().Replace(name, " ").Trim();

    public static bool HasAddress(string name) => Address().IsMatch(name);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Gaps();

    // "Dr. Smith" and "St.Mary's" are names; mail programs make links of the rest. Nothing in it repeats without an end, so that a text
    // of any length is looked through once.
    [GeneratedRegex(
        @"[:/\\]{2}|\bwww\s?\.|@|\b(https?|mailto|tel)\s?:|[\p{L}\p{N}-]{2}\.(com|net|org|info|biz|co|uk|eu|ie|de|fr|nl|pl|ru|cn|io|me|tv|ly|gd|to|cc|ws|us|xyz|top|site|online|shop|store|club|click|link|live|app|dev|page|pro|icu|buzz|gov|edu|nhs|sch|ac|ltd)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
