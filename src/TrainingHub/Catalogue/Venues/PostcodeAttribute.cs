using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace TrainingHub.Catalogue;

/// <summary>A postcode of the United Kingdom, as it is written or typed. Whether it exists is not looked up. Source: BS 7666, GOV.UK's pattern.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed partial class PostcodeAttribute : ValidationAttribute
{
    public PostcodeAttribute() => ErrorMessage = "Enter a full UK postcode, like BH15 1AA";

    public override bool IsValid(object? value) => value is not string text || Postcode().IsMatch(Tidy(text));

    /// <summary>"bh151aa" → "BH15 1AA"; what is no postcode stays as it is but for spaces and capitals.</summary>
    public static string Tidy(string typed)
    {
        var letters = string.Concat(typed.Where(letter => !char.IsWhiteSpace(letter))).ToUpperInvariant();
        return letters.Length < 5 ? letters : $"{letters[..^3]} {letters[^3..]}";
    }

    [GeneratedRegex("^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$")]
    private static partial Regex Postcode();
}
