using System.Text.RegularExpressions;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Payments;

/// <summary>
/// Santander's export: no table, but blocks of lines "Date:", "Description:", "Amount:" and "Balance:" with non-breaking spaces
/// after the colons. A description may go on in the next line.
/// </summary>
internal sealed partial class SantanderText(DateOnly today)
{
    private static readonly string[] BeforeBlocks = ["from", "account", "arrangement"];

    private readonly FileErrors errors = new();
    private readonly List<CreditLine> credits = [];
    private readonly Dictionary<string, string> block = [];
    private string account = "";
    private string last = "";
    private int startsAt;
    private int debits;
    private int later;

    public static bool IsOne(string text) => FirstBlock().IsMatch(text.Length > 20_000 ? text[..20_000] : text);

    public static BankStatement Read(string text, DateOnly today) => new SantanderText(today).Read(text);

    private BankStatement Read(string text)
    {
        var row = 0;
        foreach (var line in text.EnumerateLines())
        {
            row++;
            if (row > FileTable.MaxRows * 5)
            {
                return BankStatement.Refused("The file is too long. Download a shorter time from your bank.");
            }

            Take(row, PlainName.Fold(line.ToString()));
        }

        End();
        return new BankStatement(BankFormat.Santander, credits, debits, later, errors.InOrder());
    }

    private void Take(int row, string line)
    {
        if (line.Length == 0)
        {
            return;
        }

        var match = Label().Match(line);
        var label = match.Success ? match.Groups[1].Value.ToLowerInvariant() : "";
        if (label == "date")
        {
            End();
            startsAt = row;
        }

        if (label.Length > 0 && startsAt > 0 && !BeforeBlocks.Contains(label) && block.TryAdd(label, match.Groups[2].Value.Trim()))
        {
            last = label;
        }
        else if (startsAt > 0 && last == "description" && !match.Success)
        {
            block[last] += " " + line;
        }
        else if (BeforeBlocks.Contains(label))
        {
            account = label == "from" ? account : string.Concat(match.Groups[2].Value.Where(char.IsAsciiDigit));
        }
        else
        {
            errors.Add(new FileError(row, "", $"“{FileTable.Shown(line)}” belongs to no payment. Each has a date, a description, an amount and a balance."));
        }
    }

    /// <summary>Reads the block that has come to its end.</summary>
    private void End()
    {
        if (startsAt > 0)
        {
            ReadBlock();
        }

        block.Clear();
        (startsAt, last) = (0, "");
    }

    private void ReadBlock()
    {
        if (CellValues.Date(Cell.OfText(Of("date"))) is not { } paidOn)
        {
            errors.Add(new FileError(startsAt, "Date", $"“{FileTable.Shown(Of("date"))}” is not a date."));
        }
        else if (BankAmount.Parse(Of("amount")) is not { } pence)
        {
            errors.Add(new FileError(
                startsAt, "Amount", block.ContainsKey("amount") ? $"“{FileTable.Shown(Of("amount"))}” is not an amount like 110.00." : "The payment that begins here has no amount."));
        }
        else if (pence <= 0)
        {
            debits += pence < 0 ? 1 : 0;
        }
        else if (paidOn > today)
        {
            later++;
        }
        else
        {
            var text = Of("description");
            var payer = From().Match(text) is { Success: true } match ? match.Groups[1].Value : text;
            credits.Add(new CreditLine(startsAt, paidOn, pence, payer.Trim(), text, account, BankAmount.Parse(Of("balance"))));
        }
    }

    private string Of(string label) => block.GetValueOrDefault(label, "");

    [GeneratedRegex(@"^\s*Date:\s*\d{1,2}/\d{1,2}/\d{2,4}\s*\r?\n\s*(?:\r?\n\s*)?Description:", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex FirstBlock();

    [GeneratedRegex(@"^(date|description|amount|balance|from|account|arrangement)\s?:\s*(.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    [GeneratedRegex(@"\bFROM\s+(.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex From();
}
