using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingHub.Platform;

/// <summary>A local-government year, 1 April to 31 March, written "2024/25".</summary>
internal readonly partial record struct FinancialYear(int StartsIn)
{
    public DateOnly From => new(StartsIn, 4, 1);

    /// <summary>The last day, included.</summary>
    public DateOnly To => new(StartsIn + 1, 3, 31);

    public FinancialYear Previous => new(StartsIn - 1);

    public FinancialYear Next => new(StartsIn + 1);

    public static FinancialYear Of(DateOnly date) => new(date.Month >= 4 ? date.Year : date.Year - 1);

    public override string ToString() => $"{StartsIn}/{(StartsIn + 1) % 100:00}";

    /// <summary>Reads "2024/25" or "2024-25"; null when the two halves do not follow each other.</summary>
    public static FinancialYear? Parse(string text)
    {
        var match = Written().Match(text.Trim());
        if (!match.Success)
        {
            return null;
        }

        var year = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var next = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        return (year + 1) % 100 == next && year is >= 1990 and <= 2100 ? new FinancialYear(year) : null;
    }

    [GeneratedRegex(@"^(\d{4})[/-](\d{2})$")]
    private static partial Regex Written();
}
