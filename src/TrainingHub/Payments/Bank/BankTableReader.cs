using System.Text.RegularExpressions;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Payments;

/// <summary>Reads the rows of one bank's table, and notes for each what is wrong with it.</summary>
internal sealed partial class BankTableReader(BankTable table, IReadOnlyList<string> headings, DateOnly today)
{
    private readonly FileErrors errors = new();
    private readonly List<CreditLine> credits = [];
    private readonly Dictionary<string, int> places = headings.Select((heading, place) => (heading, place))
        .DistinctBy(heading => heading.heading).ToDictionary(heading => heading.heading, heading => heading.place);
    private readonly int width = headings.Select((heading, place) => heading.Length > 0 ? place + 1 : 0).Max();
    private int debits;
    private int later;

    public BankStatement Read(IEnumerable<SheetRow> rows)
    {
        foreach (var row in rows)
        {
            ReadRow(row);
        }

        return new BankStatement(table.Format, credits, debits, later, errors.InOrder());
    }

    private void ReadRow(SheetRow row)
    {
        if (!table.LastTakesRest && row.Cells.Skip(width).Any(cell => !cell.IsEmpty))
        {
            errors.Add(new FileError(row.Number, "", "There are more cells than columns. A comma in a text or an amount needs quotation marks around it."));
            return;
        }

        // An opening balance, as Starling puts it first: no day and no movement.
        if (Cell(row, table.Date).IsEmpty && Amounts().All(column => Cell(row, column).IsEmpty))
        {
            return;
        }

        if (CellValues.Date(Cell(row, table.Date)) is not { } paidOn)
        {
            Fail(row, table.Date, "is not a date. Is the file cut off, or put together from several?");
            return;
        }

        if (PenceOf(row) is not { } pence)
        {
            return;
        }

        if (pence <= 0)
        {
            debits += pence < 0 ? 1 : 0;
        }
        else if (paidOn > today)
        {
            later++;
        }
        else
        {
            credits.Add(LineOf(row, paidOn, pence));
        }
    }

    /// <summary>Null when there is none, and then an error.</summary>
    private int? PenceOf(SheetRow row)
    {
        if (table is { Amount: { } column })
        {
            return Amount(row, column, isNeeded: true);
        }

        var (came, left) = (Amount(row, table.In!, isNeeded: false), Amount(row, table.Out!, isNeeded: false));
        if (came is null || left is null)
        {
            return null;
        }

        if ((came == 0) == (left == 0))
        {
            errors.Add(new FileError(
                row.Number, "", $"There has to be one amount, in {BankTable.NameOf(table.In!)} or in {BankTable.NameOf(table.Out!)}."));
            return null;
        }

        return came > 0 ? came : -Math.Abs(left.Value);
    }

    /// <summary>0 for an empty cell that may be empty.</summary>
    private int? Amount(SheetRow row, string column, bool isNeeded)
    {
        if (Cell(row, column).IsEmpty && !isNeeded)
        {
            return 0;
        }

        if (BankAmount.Parse(Cell(row, column).Words) is { } pence)
        {
            return pence;
        }

        Fail(row, column, "is not an amount like 110.00 or -1,234.50.");
        return null;
    }

    private CreditLine LineOf(SheetRow row, DateOnly paidOn, int pence)
    {
        var texts = table.Texts.Select(column => Text(row, column)).Where(text => text.Length > 0).ToList();
        var said = texts.Where((text, place) => place == 0 || !texts[0].Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
        var account = string.Concat(table.Account.Select(column => Cell(row, column).Words).SelectMany(words => words.Where(char.IsAsciiDigit)));
        var balance = table.Balance is { } column ? BankAmount.Parse(Cell(row, column).Words) : null;
        return new CreditLine(
            row.Number, paidOn, pence, PlainName.Fold(PayerOf(said)), PlainName.Fold(string.Join(' ', said)), account, balance);
    }

    // Banks pad a name to a fixed width before the reference, or put a comma between them.
    private string PayerOf(List<string> texts)
    {
        var first = texts.Count > 0 ? texts[0] : "";
        return table.Format switch
        {
            BankFormat.Starling => first,
            BankFormat.NatWest => first.Split(',')[0],
            BankFormat.Nationwide => string.Join(' ', texts),
            BankFormat.Barclays or BankFormat.Lloyds or BankFormat.Hsbc or BankFormat.Santander => Padding().Split(first)[0],
        };
    }

    /// <summary>Without the apostrophe that NatWest puts before texts so that no spreadsheet takes them for numbers.</summary>
    private string Text(SheetRow row, string column)
    {
        var words = Cell(row, column).Words;
        if (table.LastTakesRest && places[column] == width - 1)
        {
            words = string.Join(", ", [words, .. row.Cells.Skip(width).Where(cell => !cell.IsEmpty).Select(cell => cell.Words)]);
        }

        return words.StartsWith('\'') ? words[1..].TrimStart() : words;
    }

    private IEnumerable<string> Amounts() => new[] { table.Amount, table.In, table.Out }.OfType<string>();

    private Cell Cell(SheetRow row, string column) =>
        places.TryGetValue(column, out var place) && place < row.Cells.Length ? row.Cells[place] : default;

    private void Fail(SheetRow row, string column, string message) => errors.Add(new FileError(
        row.Number, BankTable.NameOf(column), Cell(row, column).IsEmpty ? "Nothing is filled in here." : $"“{FileTable.Shown(Cell(row, column).Words)}” {message}"));

    [GeneratedRegex(@"\s{2,}|\t")]
    private static partial Regex Padding();
}
