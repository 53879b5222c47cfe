namespace TrainingHub.Payments;

/// <summary>What is entered in the books. Names, not numbers, are what journals and their tests go by.</summary>
internal enum JournalKind
{
    Invoice,
    CreditNote,

    /// <summary>Charged without an invoice, such as by card.</summary>
    Sale,
    SaleReversed,
    Receipt,
    Refund,
    RefundReturned,
    WriteOff,
    WriteOffReversed,
    Disputed,
    DisputeWon,
}

/// <summary>Where money came to, or went from.</summary>
internal enum MoneyPlace
{
    /// <summary>Cash, a card terminal or a transfer: what staff recorded.</summary>
    Bank,

    /// <summary>Stripe, which pays it out later.</summary>
    CardClearing,
}

/// <param name="Description">What was sold, or what happened. Never whose place it was.</param>
/// <param name="Pence">More than nought.</param>
/// <param name="IncomeCode">Of the course; null is the default.</param>
/// <param name="CostCentre">Of the course; null is the default.</param>
internal sealed record JournalLine(string Description, int Pence, string? IncomeCode = null, string? CostCentre = null);

/// <summary>One document or movement of money as the books get it.</summary>
internal sealed record JournalEntry
{
    public required JournalKind Kind { get; init; }
    public required DateOnly On { get; init; }

    /// <summary>The number of the invoice or credit note; of what has none, the booking's reference.</summary>
    public required string Document { get; init; }

    /// <summary>Where money moved; null for all else.</summary>
    public MoneyPlace? Money { get; init; }
    public required string Party { get; init; }
    public string Email { get; init; } = "";
    public IReadOnlyList<string> AddressLines { get; init; } = [];
    public string? PurchaseOrder { get; init; }
    public DateOnly? DueOn { get; init; }

    /// <summary>At least one; those of one description, code and cost centre are one.</summary>
    public required IReadOnlyList<JournalLine> Lines { get; init; }

    public int Pence => Lines.Sum(line => line.Pence);

    /// <summary>It changes what was sold.</summary>
    public bool IsSale => Kind is JournalKind.Invoice or JournalKind.CreditNote or JournalKind.Sale or JournalKind.SaleReversed;

    /// <summary>What the debtors owe grows by it.</summary>
    public bool IsDebit => Kind switch
    {
        JournalKind.Invoice or JournalKind.Sale or JournalKind.Refund or JournalKind.WriteOffReversed => true,
        JournalKind.CreditNote or JournalKind.SaleReversed or JournalKind.Receipt or JournalKind.RefundReturned or JournalKind.WriteOff => false,
        // Between two other accounts: what stands is that the card account has less.
        JournalKind.Disputed => true,
        JournalKind.DisputeWon => false,
    };
}
