namespace TrainingHub.Payments;

/// <summary>
/// Settings under <c>Accounts</c>: what the office's own books call the accounts that training uses. The defaults are those that a new
/// company has in Sage 50. A course may have an income code and a cost centre of its own.
/// </summary>
internal sealed class AccountCodes
{
    public const string Section = "Accounts";
    public const int CodeLength = 20;

    /// <summary>Sage's customer accounts have at most eight characters.</summary>
    public const int SageCustomerLength = 8;

    /// <summary>Of courses that have none of their own.</summary>
    public string Income { get; init; } = "4000";

    /// <summary>Of courses that have none of their own; empty where the books have none.</summary>
    public string CostCentre { get; init; } = "";
    public string Debtors { get; init; } = "1100";
    public string Bank { get; init; } = "1200";

    /// <summary>Card payments between Stripe and the bank.</summary>
    public string CardClearing { get; init; } = "1250";
    public string WriteOffs { get; init; } = "8100";

    /// <summary>What banks have taken back by a dispute.</summary>
    public string Disputes { get; init; } = "8102";

    /// <summary>The one customer account that Sage books invoices to.</summary>
    public string SageCustomer { get; init; } = "TRAINING";

    public bool IsValid => new[] { Income, Debtors, Bank, CardClearing, WriteOffs, Disputes, SageCustomer }.All(code => code.Length is > 0 and <= CodeLength)
        && CostCentre.Length <= CodeLength && SageCustomer.Length <= SageCustomerLength;
}
