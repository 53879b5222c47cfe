using System.Text;
using TrainingHub.Platform.Email;

namespace TrainingHub.People;

/// <summary>
/// Who somebody is: an address and a name, because nurseries and schools share addresses. Two spellings that differ only in case,
/// spaces, apostrophes, accents, hyphens or full stops are one person. Migration 0016 filled the keys of older rows by the same
/// rule, and the function name_key keeps it for queries; a test compares them.
/// </summary>
internal readonly record struct PersonKey(string Email, string Name)
{
    // What people leave out, or type in several ways: spaces, what is not seen, apostrophes, hyphens and dashes, full stops, commas.
    private const string LeftOut =
        " \t\n\v\f\r\u0085\u1680\u2028\u2029"
        + "\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\uFEFF"
        + "'`\u2018\u2019\u201A\u201B\u02B9\u02BA\u02BB\u02BC\u02BD\u02C8\u2032\u2035\uA78C\u055A\u05F3"
        + "-\u00AD\u058A\u05BE\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212"
        + ".,";

    public static PersonKey Of(string email, string name) => new(EmailAddress.KeyOf(email), NameOf(name));

    /// <summary>A name without what does not tell two people apart. A name of nothing else is its own key.</summary>
    public static string NameOf(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            // Accents have come apart from their letters.
            if (letter is (< '\u0300' or > '\u036F') && !LeftOut.Contains(letter, StringComparison.Ordinal))
            {
                folded.Append(Plain(letter));
            }
        }

        return folded.Length > 0 ? folded.ToString() : name;
    }

    /// <summary><see cref="NameOf"/> of a column, in a query: the database's function name_key.</summary>
    public static string OfColumn(string? name) => throw new InvalidOperationException($"Only in a query: {name}.");

    /// <summary>Letters that are no letter with an accent, but are written as one where a keyboard lacks them.</summary>
    private static string Plain(char letter) => letter switch
    {
        'ł' => "l",
        'ø' => "o",
        'đ' or 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => letter.ToString(),
    };
}
