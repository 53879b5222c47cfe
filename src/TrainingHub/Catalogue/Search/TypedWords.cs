using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TrainingHub.Catalogue;

/// <summary>What is typed, made alike: small letters without accents, and single words of letters and digits.</summary>
internal static partial class TypedWords
{
    /// <summary>More are not looked at: nobody means a page of text.</summary>
    public const int MostWords = 12;

    public static IReadOnlyList<string> Split(string text) =>
        [.. All(text).Take(MostWords)];

    /// <summary>"Child-protection " as "child protection".</summary>
    public static string Tidy(string text) => string.Join(' ', Split(text));

    /// <summary>As <see cref="Tidy"/>, of a text of any length.</summary>
    public static string TidyAll(string text) => string.Join(' ', All(text));

    /// <summary>"level2" as "level" and "2"; null for a word of one kind.</summary>
    public static IReadOnlyList<string>? Parts(string word)
    {
        var parts = LettersOrDigits().Matches(word);
        return parts.Count > 1 ? [.. parts.Select(part => part.Value)] : null;
    }

    private static IEnumerable<string> All(string text) => Words().Matches(Plain(text)).Select(word => word.Value);

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && letter is not ('\'' or '’'))
            {
                plain.Append(char.ToLowerInvariant(letter));
            }
        }

        return plain.ToString();
    }

    // Letters and digits only: whatever is typed cannot be an operator of the query language.
    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"\p{L}+|\p{Nd}+")]
    private static partial Regex LettersOrDigits();
}
