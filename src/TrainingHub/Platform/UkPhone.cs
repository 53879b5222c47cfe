using System.Text.RegularExpressions;

namespace TrainingHub.Platform;

/// <summary>
/// A telephone number that can be dialled in the United Kingdom as it stands: of the lengths in Ofcom's National Telephone
/// Numbering Plan, or a short one such as 999. Numbers at a premium (09) or that pass a call on (070) are none to give out for a child.
/// </summary>
internal static partial class UkPhone
{
    private static readonly string[] Short = ["999", "112", "101", "105", "111", "119", "116000", "116006", "116111", "116117", "116123", "08001111"];

    /// <returns>What is dialled, digits only; null when nobody could dial it.</returns>
    public static string? Digits(string? text)
    {
        if (text is null || !Allowed().IsMatch(text))
        {
            return null;
        }

        var bare = string.Concat(text.Replace("(0)", "", StringComparison.Ordinal).Where(sign => char.IsAsciiDigit(sign) || sign == '+'));
        var digits = bare.StartsWith("+44", StringComparison.Ordinal) ? "0" + bare[3..] : bare.StartsWith("0044", StringComparison.Ordinal) ? "0" + bare[4..] : bare;
        return Array.IndexOf(Short, digits) >= 0 || Plan().IsMatch(digits) ? digits : null;
    }

    /// <summary>For a link; null when nobody could dial it.</summary>
    public static string? Href(string? text) => Digits(text) is { } digits ? "tel:" + digits : null;

    [GeneratedRegex(@"^\+?[0-9 \u00a0().-]{3,30}$")]
    private static partial Regex Allowed();

    [GeneratedRegex("^(01[0-9]{8,9}|02[0-9]{9}|03[0-9]{9}|05[56][0-9]{8}|07[1-9][0-9]{8}|08[0-9]{8,9})$")]
    private static partial Regex Plan();
}
