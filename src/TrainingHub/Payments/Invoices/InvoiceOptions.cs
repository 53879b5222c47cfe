namespace TrainingHub.Payments;

/// <summary>Settings under <c>Invoices</c>.</summary>
internal sealed class InvoiceOptions
{
    public const string Section = "Invoices";

    /// <summary>How an invoice is paid, for example the account to pay into, a line each. Without it the invoice names whom to ask.</summary>
    public string HowToPay { get; init; } = "";
}
