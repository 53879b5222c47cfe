using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingHub.Payments;

/// <summary>A number as somebody wrote it on a bank transfer.</summary>
/// <param name="Number"></param>
/// <param name="Digits">With the noughts that were written before it.</param>
internal readonly record struct WrittenNumber(int Number, string Digits)
{
    /// <summary>Digits of a number as we write it, at least.</summary>
    public const int FullLength = 5;

    /// <summary>
    /// This invoice's number begins with what was written: banks cut a reference at 18 characters, so "INV-0004" may have been
    /// INV-00042.
    /// </summary>
    public bool MayBeCutFrom(int number) => Digits.Length < FullLength && number != Number
        && number.ToString("00000", CultureInfo.InvariantCulture).StartsWith(Digits, StringComparison.Ordinal);
}

/// <summary>Which invoices a payer's words name.</summary>
/// <param name="Named">Written as the number of an invoice: INV42, "INV 0042", inv-00042, "Invoice no. 42"; each once.</param>
/// <param name="Alone">Digits without a word that says what they are: they may as well be an order of the payer's.</param>
internal sealed partial record InvoiceNumbers(IReadOnlyList<WrittenNumber> Named, IReadOnlyList<WrittenNumber> Alone)
{
    private const int MostRead = 8;

    public static InvoiceNumbers In(string text)
    {
        var named = new List<WrittenNumber>();
        foreach (var match in Written().Matches(text).Take(MostRead))
        {
            named.Add(Of(match.Groups["first"].Value));
            named.AddRange(match.Groups["more"].Captures.Select(more => Of(more.Value)));
        }

        var rest = Written().Replace(text, " ");
        return new(
            [.. named.Where(IsNumber).DistinctBy(number => number.Number).Take(MostRead)],
            [.. Digits().Matches(rest).Select(match => Of(match.Value)).Where(IsNumber).DistinctBy(number => number.Number).Take(MostRead)]);
    }

    /// <summary>The words without any number that names an invoice.</summary>
    public static string Without(string text) => Written().Replace(text, " ");

    private static bool IsNumber(WrittenNumber written) => written.Number > 0;

    private static WrittenNumber Of(string digits) => new(int.Parse(digits, CultureInfo.InvariantCulture), digits);

    // "INV", "invoice", "inv no." or "invoices", not within a word unless five digits follow at once, as when a bank leaves the spaces
    // out. Then more numbers after a comma, "and", "&", "+" or "/": "INV 42 & 43". Eight digits or more are somebody else's.
    [GeneratedRegex(
        @"(?:(?<![A-Z])|(?=INV-?[0-9]{5}(?![0-9])))INV(?:OICE)?S?(?:\s*(?:NO|NUM|NUMBER|NR|REF))?[\s.:#_/-]*(?<first>[0-9]{1,7})(?![0-9])(?:\s*(?:,|&|\+|/|\bAND\b)\s*(?:INV(?:OICE)?[\s.:#_-]*)?(?<more>[0-9]{1,6})(?![0-9]|\.[0-9]|\s*/\s*[0-9]))*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"(?<![0-9A-Z./:-])[0-9]{2,7}(?![0-9A-Z./:-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
