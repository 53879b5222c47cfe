using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingHub.Payments;

/// <summary>Amounts as banks write them. Unlike fees they have a sign, and no bound of what a course may cost.</summary>
internal static partial class BankAmount
{
    private const decimal MostPounds = 10_000_000m;

    /// <summary>
    /// Pence of "110", "-£1,234.50", "+110.00 GBP" or "(5.00)"; below nought when money left. Null when it is none of these, has
    /// part of a penny or ten million pounds.
    /// </summary>
    public static int? Parse(string text)
    {
        if (Written().Match(text.Trim()) is not { Success: true } match)
        {
            return null;
        }

        var pounds = decimal.Parse(match.Groups["pounds"].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var isOut = match.Groups["sign"].Value is "-" or "−" or "–" || text.Contains('(', StringComparison.Ordinal);
        return pounds < MostPounds ? (int)(pounds * 100) * (isOut ? -1 : 1) : null;
    }

    [GeneratedRegex(@"^(?:(?<sign>[-+−–])?\s?£?\s?|£\s?(?<sign>[-+−–])\s?|(?<open>\()£?)(?<pounds>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.[0-9]{1,2})?)(?(open)\))(?:\s?GBP)?$")]
    private static partial Regex Written();
}
