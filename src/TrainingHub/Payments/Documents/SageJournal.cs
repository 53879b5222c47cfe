using System.Globalization;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Payments;

/// <summary>
/// The journal as Sage 50 imports audit trail transactions. A receipt is an SA, "on account", since Sage imports no SR: it is allocated
/// to its invoice in Sage. A write-off is a credit to the write-off account. Sage's columns and lengths: Sage 50 Accounts, "Import
/// audit trail transactions"; which types it takes: its knowledge base, both read on 30 November 2026.
/// </summary>
internal static class SageJournal
{
    private const int DetailsLength = 60;
    private const int ReferenceLength = 30;

    /// <summary>Outside the scope of VAT.</summary>
    private const string TaxCode = "T9";

    public static readonly string[] Columns =
    [
        "Type", "Account Reference", "Nominal A/C Ref", "Department Code", "Date", "Reference", "Details", "Net Amount", "Tax Code", "Tax Amount", "Exchange Rate", "Extra Reference",
    ];

    public static TextTable Write(IEnumerable<JournalEntry> entries, AccountCodes codes) =>
        new(Columns, [.. entries.SelectMany(entry => Rows(entry, codes))]);

    private static IEnumerable<string[]> Rows(JournalEntry entry, AccountCodes codes) => entry.Kind switch
    {
        JournalKind.Invoice or JournalKind.Sale => Sold(entry, "SI", codes),
        JournalKind.CreditNote or JournalKind.SaleReversed => Sold(entry, "SC", codes),
        JournalKind.Receipt or JournalKind.RefundReturned => [Row(entry, "SA", codes.SageCustomer, LedgerJournal.AccountOf(entry.Money, codes), "")],
        JournalKind.Refund => [Row(entry, "SP", codes.SageCustomer, LedgerJournal.AccountOf(entry.Money, codes), "")],
        JournalKind.WriteOff => [Row(entry, "SC", codes.SageCustomer, codes.WriteOffs, codes.CostCentre)],
        JournalKind.WriteOffReversed => [Row(entry, "SI", codes.SageCustomer, codes.WriteOffs, codes.CostCentre)],
        JournalKind.Disputed => [Row(entry, "JD", "", codes.Disputes, codes.CostCentre), Row(entry, "JC", "", codes.CardClearing, "")],
        JournalKind.DisputeWon => [Row(entry, "JD", "", codes.CardClearing, ""), Row(entry, "JC", "", codes.Disputes, codes.CostCentre)],
    };

    private static IEnumerable<string[]> Sold(JournalEntry entry, string type, AccountCodes codes) => entry.Lines.Select(line =>
        Row(entry, type, codes.SageCustomer, line.IncomeCode ?? codes.Income, line.CostCentre ?? codes.CostCentre, line.Pence, line.Description));

    private static string[] Row(JournalEntry entry, string type, string customer, string account, string centre) =>
        Row(entry, type, customer, account, centre, entry.Pence, $"{LedgerJournal.KindWords(entry.Kind)}: {entry.Party}");

    private static string[] Row(JournalEntry entry, string type, string customer, string account, string centre, int pence, string details) =>
    [
        type, customer, account, Department(centre), entry.On.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        Short(entry.Document, ReferenceLength), Short(details, DetailsLength), new Money(pence).Amount, TaxCode, "0.00", "1", Short(entry.PurchaseOrder ?? "", ReferenceLength),
    ];

    /// <summary>A department of Sage is a number from 0 to 999; another cost centre has none there.</summary>
    private static string Department(string centre) =>
        centre.Length is > 0 and <= 3 && centre.All(char.IsAsciiDigit) ? centre : "0";

    private static string Short(string text, int length) => text.Length <= length ? text : text[..length].TrimEnd();
}
