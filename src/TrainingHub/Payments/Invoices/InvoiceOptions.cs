namespace TrainingHub.Payments;

/// <summary>Settings under <c>Invoices</c>.</summary>
internal sealed class InvoiceOptions
{
    public const string Section = "Invoices";

    public const int MostDays = 90;

    /// <summary>How an invoice is paid, for example the account to pay into, a line each. Without it the invoice names whom to ask.</summary>
    public string HowToPay { get; init; } = "";

    /// <summary>How many days after its day an invoice is due. Invoices that are issued keep theirs.</summary>
    public int DueDays { get; init; } = 30;

    /// <summary>The VAT registration that stands on invoices, of 9 or 12 figures; empty without one. Fees carry no VAT in any case.</summary>
    public string VatNumber { get; init; } = "";

    public bool IsValid => DueDays is >= 1 and <= MostDays;
}
