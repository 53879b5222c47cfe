using System.Text.RegularExpressions;
using TrainingHub.People;

namespace TrainingHub.Payments;

/// <summary>
/// Compares the name that a bank gives with the name of who was to pay. Banks cut names at 18 letters and leave out apostrophes, so
/// "ST MARYS PRE SCH" is "St Mary’s Pre-School". Good enough to propose, never to book.
/// </summary>
internal static partial class PayerWords
{
    public const int KeyLength = 80;
    private const int ShortestStem = 3;

    // What banks add to a name, and what so many payers have in theirs that it tells nothing.
    private static readonly HashSet<string> OfBanks = new(StringComparer.Ordinal)
    {
        "inv", "invoice", "invoices", "ref", "fp", "fpi", "bgc", "bacs", "bac", "cr", "credit", "bank", "giro", "faster", "payment", "payments", "receipt",
        "transfer", "from", "via", "mobile", "online", "counter", "direct", "ft", "po", "no",
    };

    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "school", "primary", "junior", "infant", "infants", "academy", "trust", "council", "borough", "county", "nursery", "preschool", "pre", "ltd", "limited", "cic", "plc", "the",
        "and", "of", "for", "ce", "rc", "church", "england", "services", "centre", "st", "saint", "mr", "mrs", "ms", "miss", "dr",
    };

    /// <summary>The name by which the payer is known the next time: words without figures, lower case. Null when nothing is left.</summary>
    public static string? KeyOf(string payer)
    {
        var key = string.Join(' ', WordsOf(payer));
        return key.Length == 0 ? null : key.Length <= KeyLength ? key : key[..KeyLength];
    }

    /// <summary>
    /// Two words are alike, of which one begins with the other and one is not in half of all names; or all of the bank's words are.
    /// </summary>
    /// <param name="said">Words of what the bank says.</param>
    /// <param name="known">Words of a name that we know.</param>
    public static bool AreAlike(IReadOnlyList<string> said, IReadOnlyList<string> known)
    {
        var alike = said.Where(word => known.Any(other => Matches(word, other))).ToList();
        return alike.Any(Tells) && (alike.Count >= 2 || alike.Count == said.Count);
    }

    /// <summary>A word that is not in half of all names.</summary>
    public static bool Tells(string word) => !Common.Contains(word);

    /// <summary>What two words that are alike have in common.</summary>
    public static string StemOf(string word) => word.Length <= ShortestStem ? word : word[..ShortestStem];

    private static bool Matches(string word, string other) =>
        word == other || (Math.Min(word.Length, other.Length) >= ShortestStem
            && (word.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(word, StringComparison.Ordinal)));

    /// <summary>Lower case, without figures and without what banks add.</summary>
    public static IReadOnlyList<string> WordsOf(string name) =>
        [.. Apart().Split(InvoiceNumbers.Without(name)).Select(PersonKey.NameOf).Where(word => word.Length > 1 && word.All(char.IsLetter) && !OfBanks.Contains(word)).Distinct()];

    // Not at an apostrophe: "Mary's" is MARYS at the bank. At a hyphen: "Pre-School" is PRE SCH.
    [GeneratedRegex(@"[^\p{L}\p{N}'’`]+")]
    private static partial Regex Apart();
}
