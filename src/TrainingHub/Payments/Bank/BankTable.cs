using TrainingHub.Platform.Files;

namespace TrainingHub.Payments;

/// <summary>Which columns of a bank's table say what. Headings are keys of <see cref="FileColumn.KeyOf"/>.</summary>
/// <param name="Format"></param>
/// <param name="Headings">Those by which the table is recognised, all of them.</param>
/// <param name="Date"></param>
/// <param name="Amount">One column with a sign; null when money in and out stand apart.</param>
/// <param name="In"></param>
/// <param name="Out"></param>
/// <param name="Texts">Put together in this order; a text that is part of the one before is said once.</param>
/// <param name="Account">Columns of the partnership's own account.</param>
/// <param name="Balance"></param>
internal sealed record BankTable(
    BankFormat Format, string[] Headings, string Date, string? Amount, string? In, string? Out, string[] Texts, string[] Account, string? Balance)
{
    /// <summary>A comma in the last column needs no quotation marks: the rest of the row is its text.</summary>
    public bool LastTakesRest { get; init; }

    /// <summary>HSBC writes no headings: date, text, amount.</summary>
    public static readonly BankTable WithoutHeadings =
        new(BankFormat.Hsbc, ["date", "text", "amount"], "date", "amount", null, null, ["text"], [], null);

    public static readonly IReadOnlyList<BankTable> All =
    [
        new(BankFormat.Barclays, ["number", "date", "account", "amount", "subcategory", "memo"], "date", "amount", null, null, ["memo"], ["account"], null)
        {
            LastTakesRest = true,
        },
        new(
            BankFormat.Lloyds, ["transaction_date", "transaction_type", "transaction_description", "debit_amount", "credit_amount"], "transaction_date", null,
            "credit_amount", "debit_amount", ["transaction_description"], ["sort_code", "account_number"], "balance"),
        new(
            BankFormat.NatWest, ["date", "type", "description", "value", "balance"], "date", "value", null, null, ["description"], ["account_number"], "balance"),
        new(
            BankFormat.Nationwide, ["date", "transaction_type", "description", "paid_out", "paid_in"], "date", null, "paid_in", "paid_out",
            ["transaction_type", "description"], [], "balance"),
        new(
            BankFormat.Starling, ["date", "counter_party", "reference", "type", "amount_gbp"], "date", "amount_gbp", null, null,
            ["counter_party", "reference"], [], "balance_gbp"),
    ];

    /// <summary>What the bank's own words call the column, for errors.</summary>
    public static string NameOf(string key) => key switch
    {
        "amount_gbp" => "Amount (GBP)",
        "balance_gbp" => "Balance (GBP)",
        _ => char.ToUpperInvariant(key[0]) + key[1..].Replace('_', ' '),
    };
}
