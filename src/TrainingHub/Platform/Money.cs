using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingHub.Platform;

/// <summary>An amount of pounds sterling in whole pence. Fees carry no VAT; nothing here rounds.</summary>
internal readonly partial record struct Money(int Pence)
{
    public static readonly Money Zero = new(0);

    public static Money operator +(Money left, Money right) => new(checked(left.Pence + right.Pence));

    public static Money operator *(Money each, int count) => new(checked(each.Pence * count));

    /// <summary>As people read it: "Free", "£82" or "£52.50".</summary>
    public override string ToString() => Pence switch
    {
        0 => "Free",
        _ when Pence % 100 == 0 => $"£{(Pence / 100).ToString("N0", CultureInfo.InvariantCulture)}",
        _ => $"£{Amount}",
    };

    /// <summary>Always pounds and pence, for accounts and files: "0.00", "1,082.50" without the separator.</summary>
    public string Amount => (Pence / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>The same as a page shows it: "1,082.50".</summary>
    public string Column => (Pence / 100m).ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads "82.00", "£1,082.5", "£82" or "FREE" (any case), and "£ -", which is a spreadsheet's nought. Null when it is none of
    /// these or over £10,000.
    /// </summary>
    public static Money? Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Equals("FREE", StringComparison.OrdinalIgnoreCase) || Nought().IsMatch(trimmed))
        {
            return Zero;
        }

        if (!Written().IsMatch(trimmed))
        {
            return null;
        }

        var pounds = decimal.Parse(trimmed.TrimStart('£').TrimStart().Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return pounds <= 10_000m ? new Money((int)(pounds * 100)) : null;
    }

    [GeneratedRegex(@"^£?\s*\d{1,3}(,?\d{3})?(\.\d{1,2})?$")]
    private static partial Regex Written();

    [GeneratedRegex(@"^£\s*[-–—]$")]
    private static partial Regex Nought();
}
