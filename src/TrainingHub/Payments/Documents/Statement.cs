namespace TrainingHub.Payments;

/// <summary>A line of a statement.</summary>
/// <param name="On">Its day in London.</param>
/// <param name="What">"Invoice INV-00042".</param>
/// <param name="Detail">The purchase order, the booking, the way of payment.</param>
/// <param name="Pence">What it adds to the balance: below nought for money that came and for what was taken off.</param>
internal sealed record StatementLine(DateOnly On, string What, string Detail, int Pence);

/// <summary>An invoice of which something is left to pay.</summary>
internal sealed record OpenInvoice(string Number, DateOnly IssuedOn, DateOnly DueOn, string? PurchaseOrder, int AmountPence, int OpenPence);

/// <summary>
/// What an organisation was asked for by invoice and what became of it, from a day to today, and what is open now by its age.
/// The balance is what was brought forward and the lines, to the penny; it is the open sum less money that no invoice has used.
/// </summary>
internal sealed record Statement
{
    public required Seller Seller { get; init; }
    public required string Party { get; init; }
    public required IReadOnlyList<string> AddressLines { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required int BroughtForwardPence { get; init; }

    /// <summary>In the order of their days.</summary>
    public required IReadOnlyList<StatementLine> Lines { get; init; }

    /// <summary>Those that were due first come first.</summary>
    public required IReadOnlyList<OpenInvoice> Open { get; init; }
    public required string HowToPay { get; init; }

    public int BalancePence => BroughtForwardPence + Lines.Sum(line => line.Pence);

    public int OpenPence => Open.Sum(invoice => invoice.OpenPence);

    /// <summary>Money that came for no invoice, or for more than one asked for.</summary>
    public int UnusedPence => OpenPence - BalancePence;

    public AgedDebt Aged => AgedDebt.Sum(Open.Select(invoice => AgedDebt.Of(invoice.OpenPence, invoice.DueOn, To)));

    /// <summary>Each line with the balance after it.</summary>
    public IEnumerable<(StatementLine Line, int BalancePence)> Running()
    {
        var balance = BroughtForwardPence;
        foreach (var line in Lines)
        {
            yield return (line, balance += line.Pence);
        }
    }

    /// <summary>Divides movements at the first day of a statement.</summary>
    public static (int BroughtForwardPence, IReadOnlyList<StatementLine> Lines) Since(DateOnly from, IEnumerable<StatementLine> all)
    {
        var lines = all.OrderBy(line => line.On).ToList();
        return (lines.Where(line => line.On < from).Sum(line => line.Pence), [.. lines.Where(line => line.On >= from)]);
    }
}
