namespace TrainingHub.Payments;

internal enum MoneyDocumentKind
{
    Invoice,
    CreditNote,
}

/// <summary>Who issues documents of money, as it stands on them.</summary>
/// <param name="AddressLines">Postal address, a line each; the last one that looks like one is the postcode.</param>
/// <param name="VatNumber">The VAT registration, with or without GB; null when there is none.</param>
internal sealed record Seller(string Name, IReadOnlyList<string> AddressLines, string Email, string Phone, string? VatNumber);

/// <summary>To whom a document goes, as it was issued. Empty words are what was forgotten.</summary>
internal sealed record Buyer(string Name, IReadOnlyList<string> AddressLines, string Email);

/// <summary>What is asked for, or taken off, for one place.</summary>
/// <param name="DelegateName">Null where nobody was named, and once the name is forgotten.</param>
/// <param name="Pence">Never below nought, on a credit note too.</param>
internal sealed record MoneyDocumentLine(string Description, string? DelegateName, int Pence);

/// <summary>The invoice that a credit note takes from.</summary>
internal sealed record CreditedInvoice(string Number, DateOnly IssuedOn);

/// <summary>An invoice or a credit note as it was issued: what its page, its PDF and its XML are made of. Fees carry no VAT.</summary>
internal sealed record MoneyDocument
{
    public required MoneyDocumentKind Kind { get; init; }

    /// <summary>"INV-00042" or "CN-00007".</summary>
    public required string Number { get; init; }
    public required DateOnly IssuedOn { get; init; }

    /// <summary>Null on a credit note.</summary>
    public DateOnly? DueOn { get; init; }
    public required Seller Seller { get; init; }
    public required Buyer Buyer { get; init; }
    public string? PurchaseOrder { get; init; }

    /// <summary>By which the buyer finds it in its own books.</summary>
    public string? BuyerReference { get; init; }
    public required string BookingReference { get; init; }

    /// <summary>At least one. Those of one description stand together.</summary>
    public required IReadOnlyList<MoneyDocumentLine> Lines { get; init; }

    /// <summary>Of a credit note only, and there always.</summary>
    public CreditedInvoice? Credits { get; init; }

    /// <summary>The account to pay into, a line each; empty on a credit note.</summary>
    public required string HowToPay { get; init; }

    /// <summary>Where it can be paid by card.</summary>
    public Uri? PayLink { get; init; }

    public int TotalPence => Lines.Sum(line => line.Pence);

    public string Title => Kind switch
    {
        MoneyDocumentKind.Invoice => $"Invoice {Number}",
        MoneyDocumentKind.CreditNote => $"Credit note {Number}",
    };

    /// <summary>What every document says of VAT.</summary>
    public const string VatWords = "No VAT is charged.";

    public static IReadOnlyList<string> LinesOf(string? address) =>
        address is null ? [] : [.. address.ReplaceLineEndings("\n").Split(['\n', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
