using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// What tells a line of the account from any other, so that a file that is read twice, or overlaps with another, brings each line
/// once. Two payments of one day that are alike in everything are the first and the second of their kind. The balance is no part of it:
/// another order of the same day gives another one.
/// </summary>
internal static class BankLineKeys
{
    /// <summary>One key for each line, in their order: SHA-256, in hexadecimal, of account, day, pence, text and number within these.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<CreditLine> lines)
    {
        var seen = new Dictionary<string, int>();
        var keys = new List<string>();
        foreach (var line in lines)
        {
            var said = string.Create(
                CultureInfo.InvariantCulture, $"{line.Account}\n{line.PaidOn:yyyy-MM-dd}\n{line.Pence}\n{PlainName.Fold(line.Text).ToUpperInvariant()}");
            seen[said] = seen.GetValueOrDefault(said) + 1;
            keys.Add(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{said}\n{seen[said]}")))));
        }

        return keys;
    }
}
